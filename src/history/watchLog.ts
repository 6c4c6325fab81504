import { type FSWatcher, watch } from 'node:fs';
import type { LogFolder } from './logFolder.js';

/** Milliseconds that a burst of writes is waited for. */
const burstMs = 40;
/** Milliseconds after which the log is looked at in any case: not every file system reports writes. */
const lookMs = 1000;

/** Calls when a log may have changed, until it is closed: at once where the system says so, and every second. */
export function watchLog({ path }: Pick<LogFolder, 'path'>, onChange: () => void): { close(): void } {
  let watcher: FSWatcher | null = null;
  let burst: NodeJS.Timeout | null = null;
  const soon = () => {
    burst ??= setTimeout(() => {
      burst = null;
      onChange();
    }, burstMs).unref();
  };
  const end = () => {
    watcher?.close();
    watcher = null;
  };
  const begin = () => {
    if (watcher !== null) return;
    try {
      // A folder that is deleted and made again is another one.
      watcher = watch(path, { persistent: false }, (kind) => {
        if (kind === 'rename') end();
        soon();
      });
      watcher.on('error', end);
    } catch {
      // It is not there yet, or can't be watched.
    }
  };
  begin();
  const timer = setInterval(() => {
    begin();
    onChange();
  }, lookMs).unref();
  return {
    close() {
      clearInterval(timer);
      if (burst !== null) clearTimeout(burst);
      end();
    },
  };
}
