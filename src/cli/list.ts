import { builtInProviders, findProvider } from '../providers/registry.js';
import { catalogue } from '../report/catalogue.js';
import { wantsColour } from './colour.js';
import type { Io } from './io.js';
import { listDocument } from './listDocument.js';

/** Runs `list`. */
export function list(name: string | undefined, flags: { json?: true }, io: Io): void {
  const providers = name === undefined ? builtInProviders : [findProvider(name, builtInProviders)];
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(listDocument(providers), null, 2)}\n`);
    return;
  }
  const width = io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY;
  io.stdout.write(catalogue(providers, { colour: wantsColour(io.env, io.stdout), width }));
}
