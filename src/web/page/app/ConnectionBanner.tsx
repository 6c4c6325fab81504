import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/Icon.js';
import { project } from './store.js';
import { connection, reconnectNow } from './stream.js';

/** The banner above the view while the server is unreachable. */
export function ConnectionBanner() {
  const state = connection.value;
  const [, tick] = useState(0);
  const isLost = state.is === 'lost';
  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, [isLost]);
  if (state.is !== 'lost') return null;
  const seconds = Math.max(0, Math.ceil((state.retryAt - performance.now()) / 1000));
  return (
    <div class="banner" role="alert">
      <Icon name="alert" />
      <p>
        <strong>The server of this page is gone.</strong> Nothing is lost: what happens meanwhile comes when it is back.
        If it has ended, start it again with <code>webhook-sim ui</code>
        {project.value ? ' and open the address that it prints.' : '.'}
      </p>
      <span class="muted" aria-hidden="true">
        {seconds === 0 ? 'Trying…' : `Next try in ${seconds} s`}
      </span>
      <button type="button" class="button small" onClick={reconnectNow}>
        Try now
      </button>
    </div>
  );
}
