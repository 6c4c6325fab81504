import { useState } from 'preact/hooks';
import { announce } from '../app/announce.js';
import { Icon } from './Icon.js';

/** Puts a text into the clipboard. */
export async function copyText(text: string, what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied.`);
    return true;
  } catch {
    announce(`${what} could not be copied. Select the text and copy it by hand.`);
    return false;
  }
}

/** A button that copies a text, which may be computed only when it is pressed. */
export function CopyButton({
  text,
  what,
  label,
}: {
  text: string | (() => Promise<string>);
  /** The name of the text, such as "Command". */
  what: string;
  label?: string;
}) {
  const [state, setState] = useState<'' | 'done' | 'failed'>('');
  const copy = async () => {
    const copied = await copyText(typeof text === 'string' ? text : await text(), what);
    setState(copied ? 'done' : 'failed');
    setTimeout(() => setState(''), 1600);
  };
  const caption = state === 'done' ? 'Copied' : state === 'failed' ? 'Not copied' : (label ?? 'Copy');
  return (
    <button
      type="button"
      class="button quiet small"
      onClick={copy}
      aria-label={state === '' ? `Copy ${what}` : caption}
    >
      <Icon name={state === 'done' ? 'done' : state === 'failed' ? 'cross' : 'copy'} />
      <span aria-hidden="true">{caption}</span>
    </button>
  );
}
