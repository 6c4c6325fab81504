import type { Project } from '../config/project.js';
import type { LogEntry } from '../core/logEntry.js';
import type { World } from '../core/world.js';
import { logFolder } from '../history/logFolder.js';
import { LogIndex } from '../history/logIndex.js';
import { parseLogSearch } from '../history/parseLogSearch.js';
import { watchLog } from '../history/watchLog.js';
import type { EventHub } from './eventHub.js';
import type { DeliveryList } from './protocol.js';
import { RequestProblem } from './requestProblem.js';

/** The most rows in one event of the stream. */
const maxNewRows = 500;

/** The delivery log of the project, as the page sees it: kept up to date while the server runs. */
export class Timeline {
  private readonly index: LogIndex | null;
  private readonly watching: { close(): void } | null;
  /** The log is read when a page first requests it. */
  private isBegun = false;
  /** The reason why there is no log; null where there is one. */
  readonly problem: string | null;

  constructor(
    project: Pick<Project, 'folder'>,
    private readonly io: World,
    private readonly hub: EventHub,
  ) {
    const folder = logFolder(project.folder, io);
    this.problem = folder === null ? 'There is no delivery log without a home. Set HOME or XDG_STATE_HOME.' : null;
    this.index = folder && new LogIndex(folder);
    this.watching = folder && watchLog(folder, () => this.isBegun && this.look());
  }

  /** A page of the deliveries that fit a search. Throws a UsageError for a search that can't be read. */
  find(text: string, before: string | null, limit: number): DeliveryList {
    const search = parseLogSearch(text, this.io.clock.now());
    this.look();
    if (this.index === null) return { rows: [], next: null, total: 0, broken: 0 };
    return { ...this.index.search(search, { before, limit }), broken: this.index.broken };
  }

  /** A delivery of the log. Throws a RequestProblem for one that is not there. */
  entry(key: string): LogEntry {
    let entry = this.index?.entry(key) ?? null;
    if (entry === null) {
      this.look();
      entry = this.index?.entry(key) ?? null;
    }
    if (entry) return entry;
    throw new RequestProblem(404, { code: 'UNKNOWN_DELIVERY', message: `The log has no delivery ${key}.` });
  }

  /** Reads new entries and reports them; the first time only reads. */
  look(): void {
    if (this.index === null) return;
    const isFirst = !this.isBegun;
    let change: ReturnType<LogIndex['refresh']>;
    try {
      change = this.index.refresh();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      // What can't be read now may be readable in a second.
      return;
    }
    this.isBegun = true;
    if (isFirst) return;
    if (change.isShorter) this.hub.publish({ type: 'log-changed' });
    for (let at = 0; at < change.added.length; at += maxNewRows) {
      this.hub.publish({ type: 'logged', rows: change.added.slice(at, at + maxNewRows) });
    }
  }

  close(): void {
    this.watching?.close();
  }
}
