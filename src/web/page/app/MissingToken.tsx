import { Command, EmptyState } from '../parts/Notice.js';
import { isRefused } from './api.js';

/** The view of a tab without a token: how to get one. */
export function MissingToken() {
  return (
    <main class="lonely" tabIndex={-1}>
      <EmptyState icon="key" title={isRefused.value ? 'The server was started again' : 'This tab has no token'}>
        {isRefused.value ? <p>It has another token now. What it keeps is all there.</p> : null}
        <p>
          Only the address that the command prints opens this page, so that no other page of your browser can. Copy it
          whole from the terminal, or start again:
        </p>
        <Command text="webhook-sim ui --open" />
        <p class="muted">
          A token is good until the command ends. A tab keeps it over reloads; a new tab needs the whole address.
        </p>
      </EmptyState>
    </main>
  );
}
