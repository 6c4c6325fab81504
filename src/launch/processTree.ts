import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { ownPid, platform } from './system.js';

const identity = ({ pid, born }: ProcessRow) => `${pid} ${born}`;

/**
 * A started program and its descendants: its process group, the children of each, and on Linux also those that detached, by a text in their
 * environment. A process once found stays known.
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

/** A process of this machine. */
interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Its start time, in any form: with the pid, it distinguishes a process from a later one with the same pid. */
  readonly born: string;
  /** True where it has ended, and only its parent has not heard of that. */
  readonly ended: boolean;
}

/** Returns all processes of this machine; none on Windows, which ends trees itself. It is synchronous, so that it works while this process exits. */
export function processTable(): ProcessRow[] {
  if (platform === 'win32') return [];
  return platform === 'linux' ? fromProc() : fromPs();
}

/** Returns whether a process has a text in its environment; false where that is unknown. */
function hasInEnvironment(pid: number, text: string): boolean {
  return platform === 'linux' && (read(`/proc/${pid}/environ`)?.includes(text) ?? false);
}

function fromProc(): ProcessRow[] {
  return readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : null;
    if (!stat) return [];
    // The program's name is in parentheses and may contain any; field 22 is the start time.
    const [state, parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [rowOf(name, { parent, group, state, born: rest[16] })];
  });
}

function fromPs(): ProcessRow[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, group, state, ...born] = line.trim().split(/\s+/);
      return rowOf(pid, { parent, group, state, born: born.join(' ') });
    });
}

type Text = string | undefined;

function rowOf(
  pid: Text,
  { parent, group, state, born }: Record<'parent' | 'group' | 'state' | 'born', Text>,
): ProcessRow {
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    born: born ?? '',
    ended: /^[ZX]/.test(state ?? ''),
  };
}

/** A process may end between two looks. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
