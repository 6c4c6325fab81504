import { Command, Option } from 'commander';
import { exportFormats } from '../../../export/exported.js';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption } from '../../options/configOption.js';
import { payloadOption } from '../../options/payloadOptions.js';
import type { ExportFlags } from './flags.js';

/** What `export` shares with `send`. */
const examples = `Examples:
  webhook-sim export scalev --forgeries --out vectors.json
  webhook-sim export scalev 'order.*' --format postman --out .
  webhook-sim export bharatcart order.created --format raw | nc localhost 3000
  webhook-sim export webconnex --format curl --seed 1 --now 2026-01-31T12:00:00Z
`;

/** `export`: writes deliveries down for programs that are not webhook-sim. */
export function exportCommand(io: Io, finish: (exitCode: number) => void): Command {
  const format = new Option('--format <format>', 'vectors is the default');
  // The program reads it itself, and suggests what is near.
  format.argChoices = [...exportFormats];
  return new Command('export')
    .summary('write deliveries for tests in other languages')
    .addHelpText('before', examples)
    .description(
      'Write signed deliveries as test vectors (JSON), raw HTTP, HAR, a shell script with curl, or a Postman collection. Sends nothing.',
    )
    .argument('<provider>', 'whose webhooks')
    .argument('[event...]', 'which events; a * stands for any text; default: all')
    .addOption(format)
    .option('-o, --out <path>', 'file or folder; default: stdout; raw needs a folder for several')
    .option('--force', 'write over files that are there')
    .option('--with-secrets', 'write real secrets, too, to files that only you can read')
    .addOption(payloadOption.variant())
    .option('--all-variants', 'the other forms of each payload, too')
    .addOption(
      new Option('--forge <name>', 'add a forgery of each event, such as wrong-secret (repeatable)').argParser(collect),
    )
    .option('--forgeries', 'add all forgeries that the provider has; a receiver must refuse them')
    .option('--to <target>', 'address in the requests; default: http://localhost:3000/webhooks')
    .addOption(payloadOption.secret())
    .addOption(payloadOption.set())
    .addOption(payloadOption.unset())
    .addOption(payloadOption.data())
    .addOption(payloadOption.raw())
    .addOption(payloadOption.header())
    .addOption(payloadOption.bodyStyle())
    .addOption(payloadOption.fresh())
    .addOption(payloadOption.exact())
    .addOption(payloadOption.seed())
    .addOption(payloadOption.now())
    .addOption(configOption())
    .option('--json', 'what was written as one JSON document')
    .option('-q, --quiet', 'no talk on stderr')
    .addOption(new Option('--no-quiet').hideHelp())
    .action(async (provider: string, events: string[], flags: ExportFlags) => {
      const { exportDeliveries } = await import('./export.js');
      finish(await exportDeliveries(provider, events, flags, io));
    });
}
