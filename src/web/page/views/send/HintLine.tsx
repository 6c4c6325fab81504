import { describeHint, type Hint } from '../../parts/hints.js';

/** The hint for a place of the payload. */
export function HintLine({ path, hint }: { path: string; hint: Hint | undefined }) {
  return (
    <p class="muted cursor-hint">
      <code>{path}</code> {hint ? describeHint(hint) : 'is in no sample of this event'}
      {hint?.field?.description ? <span class="about">{hint.field.description}</span> : null}
    </p>
  );
}
