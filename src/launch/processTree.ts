import { hasInEnvironment, type ProcessRow, processTable } from './processTable.js';
import { ownPid } from './system.js';

const identity = ({ pid, born }: ProcessRow) => `${pid} ${born}`;

/**
 * A started program and all that came of it: its group, the children of each, and on Linux also those that cut all ties, by a text that
 * they were given in their environment. Who was found once stays known.
 */
export class ProcessTree {
  private readonly known = new Set<string>();
  private readonly first: string | undefined;

  /** `pid` is the program's and its group's, `tag` the text. */
  constructor(
    readonly pid: number,
    private readonly tag: string,
  ) {
    const row = processTable().find((each) => each.pid === pid);
    this.first = row && identity(row);
  }

  /** The numbers of those that are alive. */
  alive(): number[] {
    const rows = processTable().filter(({ pid }) => pid !== ownPid);
    const leader = rows.find(({ pid }) => pid === this.pid);
    // A number that another program has by now is no group of ours.
    const isOurs = !leader || identity(leader) === this.first;
    const members = new Set<number>();
    for (const row of rows) {
      const inGroup = isOurs && row.group === this.pid;
      if (inGroup || this.known.has(identity(row)) || hasInEnvironment(row.pid, this.tag)) members.add(row.pid);
    }
    for (let before = -1; before !== members.size; ) {
      before = members.size;
      for (const { pid, parent } of rows) if (members.has(parent)) members.add(pid);
    }
    const found = rows.filter(({ pid, ended }) => members.has(pid) && !ended);
    for (const row of found) this.known.add(identity(row));
    return found.map(({ pid }) => pid);
  }
}
