import { Command } from 'commander';
import { exportOptions } from '../../../options/export.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim export scalev --forgeries --out vectors.json
  webhook-sim export scalev 'order.*' --format postman --out .
  webhook-sim export stripe invoice.paid --format k6 --out load.js
  webhook-sim export bharatcart order.created --format raw | nc localhost 3000
  webhook-sim export webconnex --format curl --seed 1 --now 2026-01-31T12:00:00Z
`;

/** `export`: writes deliveries down for programs that are not webhook-sim. */
export function exportCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('export')
    .summary('write deliveries for other programs')
    .addHelpText('before', examples)
    .description(
      'Write signed deliveries as test vectors (JSON), raw HTTP, HAR, a shell script with curl, a Postman collection, or a load test for k6. Sends nothing.',
    )
    .argument('<provider>', 'provider of the webhooks')
    .argument('[event...]', 'events; * matches any text; default: all');
  addFlags(command, exportOptions, { isGrouped: false });
  return command.action(async (provider: string, events: string[], flags: RawFlags) => {
    const { runExport } = await import('./export.js');
    finish(await runExport(provider, events, flags, io));
  });
}
