import { findProvider } from '../providers/registry.js';
import { catalogue } from '../report/catalogue.js';
import { wantsColour } from './colour.js';
import type { Io } from './io.js';
import { listDocument } from './listDocument.js';
import { loadProject } from './project.js';

export interface ListFlags {
  json?: true;
  config?: string;
}

/** Runs `list`. */
export async function list(name: string | undefined, flags: ListFlags, io: Io): Promise<void> {
  const known = (await loadProject(flags, io)).providers;
  const providers = name === undefined ? known : [findProvider(name, known)];
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(listDocument(providers), null, 2)}\n`);
    return;
  }
  const width = io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY;
  io.stdout.write(catalogue(providers, { colour: wantsColour(io.env, io.stdout), width }));
}
