import type { ComponentChildren } from 'preact';
import { ApiError } from '../app/api.js';
import { CopyButton } from './CopyButton.js';
import { Icon, type IconName } from './Icon.js';

/** An error, with what to do. */
export function ErrorNotice({ error }: { error: unknown }) {
  const { message, hint } = error instanceof ApiError ? error : { message: String(error), hint: null };
  return (
    <div class="notice bad" role="alert">
      <Icon name="alert" />
      <div>
        <p>{message}</p>
        {hint ? <p class="muted">{hint}</p> : null}
      </div>
    </div>
  );
}

/** A command of a terminal, to be copied. */
export function Command({ text, label = 'Command' }: { text: string; label?: string }) {
  return (
    <div class="command">
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} what={label} />
    </div>
  );
}

/** The text of an empty view: what it would show, and how to get it. */
export function EmptyState({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
