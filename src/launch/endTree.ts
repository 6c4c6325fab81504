import { execFileSync } from 'node:child_process';
import type { ProcessTree } from './processTree.js';
import { platform, signalProcess } from './system.js';

/** Milliseconds in which what was killed must be gone; the system may still be busy with it. */
const deathMs = 2000;
const pauseMs = 25;
/** Looks that are taken where there is no time to wait: who is forked meanwhile is found by the next. */
const looks = 10;

/**
 * Sends SIGTERM to all of a tree, and kills what is still there after `graceMs`. Resolves with the pids of those that could not be ended, which are
 * programs of other users.
 */
export async function endTree(tree: ProcessTree, graceMs: number): Promise<readonly number[]> {
  if (platform === 'win32') return killTree(tree);
  const signalled = new Set<number>();
  let alive = await repeatUntilEmpty(graceMs, () => {
    const members = tree.alive();
    for (const pid of members) {
      if (!signalled.has(pid)) signalProcess(pid, 'SIGTERM');
      signalled.add(pid);
    }
    return members;
  });
  if (alive.length > 0) alive = await repeatUntilEmpty(deathMs, () => killTree(tree));
  return alive;
}

/** Kills all of a tree without waiting; returns the numbers of those that it found in its last look. */
export function killTree(tree: ProcessTree): readonly number[] {
  if (platform === 'win32') {
    killWindowsTree(tree.pid);
    return [];
  }
  let alive: readonly number[] = [];
  for (let look = 0; look < looks; look++) {
    alive = tree.alive();
    if (alive.length === 0) break;
    for (const pid of alive) signalProcess(pid, 'SIGKILL');
  }
  return alive;
}

async function repeatUntilEmpty(limitMs: number, look: () => readonly number[]): Promise<readonly number[]> {
  let alive = look();
  for (let passed = 0; alive.length > 0 && passed < limitMs; passed += pauseMs) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    alive = look();
  }
  return alive;
}

/** Kills a program of Windows and all that it started. */
export function killWindowsTree(pid: number): void {
  try {
    execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  } catch {
    // It has ended.
  }
}
