import { Command } from 'commander';
import { builtInProviders, findProvider } from '../providers/registry.js';
import { wantsColour } from './colour.js';
import type { Io } from './io.js';

/** `list`: what can be sent. */
export function listCommand(io: Io): Command {
  return new Command('list')
    .summary('what can be sent')
    .addHelpText('before', 'Examples:\n  webhook-sim list\n  webhook-sim list scalev --json\n')
    .description('List providers and events, with variants and how sure their payloads are.')
    .argument('[provider]', 'only this one')
    .option('--json', 'one JSON document')
    .action(async (name: string | undefined, flags: { json?: true }) => {
      const providers = name === undefined ? builtInProviders : [findProvider(name, builtInProviders)];
      if (flags.json) {
        const { listDocument } = await import('./listDocument.js');
        io.stdout.write(`${JSON.stringify(listDocument(providers), null, 2)}\n`);
        return;
      }
      const { catalogue } = await import('../report/catalogue.js');
      const width = io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY;
      io.stdout.write(catalogue(providers, { colour: wantsColour(io.env, io.stdout), width }));
    });
}
