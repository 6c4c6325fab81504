import type { InboxRow, InboxState } from './inbox.js';
import type { JobState, JobStep } from './jobs.js';
import type { DeliveryRow } from './timeline.js';

/**
 * An event of the stream, a line of JSON each (NDJSON). A page that was cut off asks for `/api/events?after=<cursor>` and gets what it missed;
 * `reset` says that the server can't replay it (it was restarted, or it is too long ago), so that the page reloads its state. All events that can be
 * replayed have a `cursor`; `beat` comes every 15 seconds of silence.
 */
export type StreamEvent =
  | { readonly type: 'hello'; readonly cursor: string; readonly boot: string; readonly version: string }
  | { readonly type: 'reset'; readonly cursor: string }
  /** New deliveries in the log, also of other commands, the oldest first. */
  | { readonly type: 'logged'; readonly cursor: string; readonly rows: readonly DeliveryRow[] }
  /** The log was deleted, or lost its oldest deliveries. */
  | { readonly type: 'log-changed'; readonly cursor: string }
  | { readonly type: 'job'; readonly cursor: string; readonly job: JobState }
  | { readonly type: 'job-step'; readonly cursor: string; readonly job: string; readonly step: JobStep }
  | { readonly type: 'received'; readonly cursor: string; readonly row: InboxRow }
  | { readonly type: 'inbox'; readonly cursor: string; readonly inbox: InboxState }
  /** The config or a provider of the project was changed: `ProjectState` is another one. */
  | { readonly type: 'project-changed'; readonly cursor: string }
  | { readonly type: 'beat' }
  /** The server ends; the page waits until it is there again. */
  | { readonly type: 'closing' };
