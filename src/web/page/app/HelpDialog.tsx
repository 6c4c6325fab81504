import { signal } from '@preact/signals';
import { Dialog } from '../parts/Dialog.js';
import { listShortcuts } from './keyboard.js';
import { project } from './store.js';

const isOpen = signal(false);

/** Opens the help. */
export function openHelp(): void {
  isOpen.value = true;
}

const inFields = [
  { keys: 'Ctrl Enter', label: 'Send, from any field' },
  { keys: 'Enter', label: 'Open what is chosen in a list' },
  { keys: 'Esc', label: 'Leave a field, close a dialog' },
  { keys: 'Alt ↑', label: 'Move a field of the payload, or a step of a flow, up; Alt ↓ down' },
];

/** The keys that work, and what the page is. */
export function HelpDialog() {
  if (!isOpen.value) return null;
  const shortcuts = [...listShortcuts(), ...inFields];
  return (
    <Dialog
      title="Keys"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <table class="keys">
        <thead class="visually-hidden">
          <tr>
            <th>Keys</th>
            <th>Effect</th>
          </tr>
        </thead>
        <tbody>
          {shortcuts.map(({ keys, label }) => (
            <tr key={keys + label}>
              <td>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{label}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">
        webhook-sim {project.value?.version} runs on this machine only and asks nobody else. The documentation is in the
        terminal: <code>webhook-sim docs</code>
      </p>
    </Dialog>
  );
}
