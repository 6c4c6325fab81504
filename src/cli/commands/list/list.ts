import { printable } from '../../../core/printable.js';
import { listOptions } from '../../../options/project.js';
import { allProviders } from '../../../providers/allProviders.js';
import { findProvider } from '../../../providers/findProvider.js';
import { eventTable, providerTable } from '../../../report/provider/catalogue.js';
import { wantsColour } from '../../io/colour.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { listDocument } from './listDocument.js';

/** Runs `list`. */
export async function list(name: string | undefined, flags: RawFlags, io: Io): Promise<void> {
  const { json, config } = plainOptions(listOptions, flags);
  const project = await loadProject({ config }, io);
  const providers = name === undefined ? allProviders(project) : [findProvider(name, project)];
  const broken = name === undefined ? project.broken : [];
  for (const { error } of broken) io.stderr.write(`${printable(error.message)}\n`);
  if (json) {
    io.stdout.write(`${JSON.stringify(listDocument(providers, broken), null, 2)}\n`);
    return;
  }
  const width = io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY;
  const options = { colour: wantsColour(io.env, io.stdout), width };
  io.stdout.write(name === undefined ? providerTable(providers, options) : eventTable(providers[0]!, options));
}
