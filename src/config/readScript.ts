import { pathToFileURL } from 'node:url';
import { formatDuration } from '../core/duration.js';
import { thrownAt } from '../core/errors.js';
import { type PlacedDocument, unreadable } from '../documents/document.js';

/** Reads a config in JavaScript or TypeScript: what the module exports by default, or a promise of it. */
export async function readScript(path: string, shown: string): Promise<PlacedDocument> {
  const data = await withinLimit(load(path)).catch((cause: unknown) => {
    const { name = 'Error', message = String(cause) } = (cause ?? {}) as Partial<Error>;
    const reason = `can't be loaded: ${name}: ${message.split('\n')[0]}`;
    const at = cause instanceof Error ? thrownAt(cause) : null;
    if (at === null || isOwnCode(at.file)) throw unreadable(shown, reason, cause);
    const place = `:${at.line}:${at.column ?? 1}`;
    if (at.file === path) throw unreadable(`${shown}${place}`, reason, cause);
    throw unreadable(shown, `${reason} (${at.file}${place})`, cause);
  });
  if (data === undefined) {
    throw unreadable(shown, 'has no default export. Write: export default defineConfig({ … })');
  }
  return { data, locate: async () => null };
}

/** Returns whether a file belongs to the loader of modules, which is never the place of an error in one. */
function isOwnCode(file: string): boolean {
  return file.startsWith(import.meta.dirname) || /[\\/]node_modules[\\/](?:jiti|sucrase)[\\/]/.test(file);
}

/** Milliseconds that a module may take to load, with the promise that it may export. */
export const loadLimitMs = 30_000;

function withinLimit<T>(loading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = `nothing came within ${formatDuration(loadLimitMs)}. Does an await in it never end?`;
    const timer = setTimeout(() => reject(new Error(late)), loadLimitMs);
    loading.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

async function load(path: string): Promise<unknown> {
  if (/\.m?ts$/.test(path)) return typescript(path);
  try {
    return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes("package 'webhook-sim'")) return typescript(path);
    throw error;
  }
}

async function typescript(path: string): Promise<unknown> {
  const { importTypescript } = await import('./typescript.js');
  return importTypescript(path);
}
