import type { JobState } from '../../../protocol.js';
import { recentJobs } from '../../app/jobs.js';
import { navigate } from '../../app/router.js';
import { Icon } from '../../parts/Icon.js';

/** Runs that are shown. */
const maxShown = 6;

const views = { check: 'check', handshake: 'send' } as const;

/** The checks and handshakes of this page: each opens where it was started, with its findings. */
export function RunList() {
  const runs = recentJobs.value.filter((job): job is JobState & { kind: keyof typeof views } => job.kind in views);
  if (runs.length === 0) return null;
  return (
    <ul class="run-list" aria-label="Checks and handshakes">
      {runs.slice(0, maxShown).map(({ id, kind, title, provider, state, startedAt }) => (
        <li key={id}>
          <button type="button" class="button quiet small" onClick={() => navigate(views[kind], { provider, job: id })}>
            <Icon name={kind === 'check' ? 'check' : 'key'} /> {title}
            <span class="muted">{state === 'done' ? new Date(startedAt).toLocaleTimeString() : state}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
