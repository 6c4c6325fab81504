import * as z from 'zod';
import { suggest } from '../core/nearest.js';
import { demoTarget } from '../core/target.js';
import { builtInProviders } from '../providers/registry.js';
import { checkAddress, checkIp, checkProxy, checkTargetHeader, checkTimeLimit } from './checks.js';
import type { Config } from './config.js';
import { ownFlowSchema } from './flowSchema.js';
import { adviseOn, keys, refuse, secretReference, text } from './schemaParts.js';
import { suiteSchema } from './suiteSchema.js';

const names = builtInProviders.map(({ name }) => name);

function byProvider<T extends z.ZodType>(value: T) {
  const record = z.partialRecord(z.enum(names), value, { error: (issue) => adviseOn(issue, names) });
  return record as unknown as z.ZodType<{ readonly [provider: string]: z.output<T> }>;
}

const secrets = byProvider(
  z.union([secretReference, z.array(secretReference).min(1, 'is an empty list.')], {
    error: 'env:NAME, file:PATH or a list of them',
  }),
);

const path = z.string().min(1, 'is an empty path.');
const timeLimit = text(checkTimeLimit, 'must be a duration with its unit, such as 5s.');
const address = text(checkAddress);

const headers = z.record(z.string(), z.string()).superRefine((found, context) => {
  for (const [name, value] of Object.entries(found)) refuse(context, checkTargetHeader([name, value]), [name]);
});

const target = keys({
  url: address.describe("The address; {provider} and {event} stand for the delivery's own."),
  headers: headers.exactOptional().describe('Headers to add or replace; env:NAME is read from the environment.'),
  ca: path.exactOptional().describe('File of a certificate authority to trust, as PEM.'),
  cert: path.exactOptional().describe('File of the client certificate, as PEM.'),
  key: path.exactOptional().describe('File of the key of the client certificate, as PEM, where cert does not hold it.'),
  insecure: z.boolean().exactOptional().describe('True takes any certificate.'),
  proxy: text(checkProxy).exactOptional().describe('URL of an HTTP proxy, or none.'),
  unixSocket: path.exactOptional().describe('Path of a Unix socket to connect to.'),
  resolve: z.record(z.string(), text(checkIp)).exactOptional().describe('Addresses in place of those of DNS, by host.'),
  host: z.string().min(1).exactOptional().describe('The Host header, where it is not that of the URL.'),
  own: z.boolean().exactOptional().describe('True for a receiver of your own, which check may attack.'),
  timeout: timeLimit.exactOptional().describe('Time limit of an attempt, such as 5s.'),
  secrets: secrets.exactOptional().describe('Secrets of this target, by provider.'),
}).superRefine((found, context) => {
  if (found.key && !found.cert) refuse(context, 'needs a cert beside it.', ['key']);
  if (found.proxy && found.unixSocket) refuse(context, 'goes with no proxy. Leave one out.', ['unixSocket']);
});

/** The schema of `Config`. */
export const configSchema = keys({
  $schema: z.string().exactOptional().describe('The JSON Schema of this file, for editors.'),
  target: z
    .string()
    .exactOptional()
    .describe('The target when --to names none: a name of targets, an address, or demo.'),
  targets: z
    .record(z.string(), z.union([address, target], { error: 'an address or an object with a url' }))
    .exactOptional()
    .describe('Targets by name, for --to.'),
  secrets: secrets.exactOptional().describe('Where the secrets are found, by provider: env:NAME or file:PATH.'),
  timeout: timeLimit.exactOptional().describe("Time limit of an attempt, such as 5s; default: the provider's own."),
  timeouts: byProvider(timeLimit).exactOptional().describe('Time limits by provider.'),
  report: keys({
    json: z.boolean().exactOptional(),
    verbose: z.boolean().exactOptional(),
    quiet: z.boolean().exactOptional(),
  })
    .exactOptional()
    .describe('How results are shown where no flag says otherwise.'),
  log: z.boolean().exactOptional().describe('False keeps no delivery log.'),
  flows: z.record(z.string(), ownFlowSchema).exactOptional().describe('Flows of your own by name, for flow.'),
  suites: z.record(z.string(), suiteSchema).exactOptional().describe('Suites by name, for run.'),
}).superRefine(({ target, targets = {}, flows = {} }, context) => {
  const known = [demoTarget, ...Object.keys(targets)];
  for (const name of Object.keys(flows)) refuse(context, checkFlowName(name), ['flows', name]);
  for (const name of Object.keys(targets)) refuse(context, checkName(name), ['targets', name]);
  if (target !== undefined && !known.includes(target)) {
    refuse(
      context,
      isBareWord.test(target) ? `there is no such target. ${suggest(target, known)}` : checkAddress(target),
      ['target'],
    );
  }
});

const isBareWord = /^\p{L}[\p{L}\p{N}_-]*$/u;

function checkName(name: string): string | null {
  if (name === demoTarget) return 'is the name of the built-in receiver. Take another.';
  return isBareWord.test(name) ? null : 'is not a name: a letter, then letters, digits, - and _.';
}

function checkFlowName(name: string): string | null {
  if (names.some((known) => known === name)) return 'is the name of a provider. Take another.';
  return isBareWord.test(name) ? null : 'is not a name: a letter, then letters, digits, - and _.';
}

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// Fails to compile when the schema and the type drift apart.
true satisfies Same<Frozen<z.output<typeof configSchema>>, Frozen<Config>>;

/** The JSON Schema of a config file, for editors. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: 'input' });
}
