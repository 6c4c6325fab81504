import { fileURLToPath } from 'node:url';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { findShipped } from '../providers/catalogue.js';
import { markValidated } from './resolveProvider.js';
import { workingFolder } from './world.js';

/**
 * Reads a provider: one that ships, by its name, or a custom one as the command line does: `provider.yaml` (or .json, .ts, .js, …) in a folder, or a
 * file of any name, with its samples in the folder `events` next to it. A path is relative to the working folder, and is written as `./acme` where it
 * would be the name of one that ships; a `file:` URL, such as `new URL('acme', import.meta.url)`, does not depend on that folder. Rejects with a
 * UsageError that names file and place.
 */
export async function loadProvider(place: string | URL): Promise<Provider> {
  const shipped = typeof place === 'string' ? findShipped(place) : undefined;
  if (shipped) return shipped;
  const cwd = workingFolder();
  const [{ loadProviderAt: load }, { resolve }] = await Promise.all([
    import('../config/loadProviders.js'),
    import('node:path'),
  ]);
  return markValidated(await load(resolve(cwd, readPlace(place)), cwd));
}

/** The path that a text or a `file:` URL names. Throws a UsageError for a URL of another kind. */
export function readPlace(place: string | URL): string {
  const text = String(place);
  if (!/^[a-z][a-z\d+.-]+:/i.test(text)) return text;
  try {
    return fileURLToPath(text);
  } catch (cause) {
    throw new UsageError(
      'BAD_PATH',
      `${text} is no file on this machine. Give the path of a folder or a file, or a file: URL.`,
      { cause },
    );
  }
}
