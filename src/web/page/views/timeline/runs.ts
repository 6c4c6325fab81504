import type { DeliveryRow } from '../../../protocol.js';

type KeptEnd = NonNullable<DeliveryRow['ended']>;

/** The deliveries of a command, as one row of the list. */
export interface Run {
  readonly id: string;
  /** The newest first. */
  readonly rows: readonly DeliveryRow[];
  readonly isOpen: boolean;
  /** The provider that was checked, though some cases are of another one; else the one of all deliveries, or how many there are. */
  readonly provider: string;
  /** The result; null where it has not ended, or its end was not logged. */
  readonly ended: KeptEnd | null;
}

/** An item of the list. */
export type TimelineItem =
  | { readonly key: string; readonly row: DeliveryRow; readonly isInRun: boolean; readonly run: null }
  | { readonly key: string; readonly row: null; readonly run: Run };

/** Commands that send what belongs together, so that two deliveries make a run. */
const wholes: readonly DeliveryRow['command'][] = ['check', 'flow', 'run'];
/** Deliveries of other commands that each have a row, since so few are read at once. */
const maxSingle = 5;

/** Puts what one command sent in a run, where that is many deliveries; `open` are the ids of those that show them. */
export function groupRuns(rows: readonly DeliveryRow[], open: ReadonlySet<string>): TimelineItem[] {
  const runs = new Map<string, DeliveryRow[]>();
  const ends = new Map<string, DeliveryRow>();
  for (const row of rows) {
    if (row.ended) ends.set(row.run, row);
    if (row.ended || row.direction === 'received') continue;
    const known = runs.get(row.run);
    if (known) known.push(row);
    else runs.set(row.run, [row]);
  }
  const items: TimelineItem[] = [];
  const done = new Set<string>();
  for (const row of rows) {
    if (row.ended) continue;
    const all = row.direction === 'sent' ? runs.get(row.run)! : [row];
    const end = row.direction === 'sent' ? ends.get(row.run) : undefined;
    const ended = end?.ended ?? null;
    if (ended === null && all.length <= (wholes.includes(row.command) ? 1 : maxSingle)) {
      items.push({ key: row.key, row, isInRun: false, run: null });
      continue;
    }
    if (done.has(row.run)) continue;
    done.add(row.run);
    const isOpen = open.has(row.run);
    const senders = all.map(({ provider }) => provider);
    const provider = end?.provider ?? soleOrCount(senders, 'provider');
    items.push({ key: `run-${row.run}`, row: null, run: { id: row.run, rows: all, isOpen, provider, ended } });
    if (isOpen) for (const each of all) items.push({ key: each.key, row: each, isInRun: true, run: null });
  }
  return items;
}

const titles: Record<DeliveryRow['command'], string> = {
  send: 'Sent',
  flow: 'Flow',
  resend: 'Sent again',
  run: 'Suite',
  check: 'Check',
  handshake: 'Handshakes',
  load: 'Load',
  listen: 'Received',
};

/** Returns the title of a command, in a word or two. */
export function commandTitle(command: DeliveryRow['command']): string {
  return titles[command];
}

/** The one value that all have, or how many there are. */
export function soleOrCount(values: readonly (string | null)[], noun: string): string {
  const all = [...new Set(values)].filter((value) => value !== null);
  return all.length === 1 ? all[0]! : `${all.length} ${noun}s`;
}
