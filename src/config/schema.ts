import * as z from 'zod/mini';
import { suggest } from '../core/nearest.js';
import { demoTarget } from '../core/target.js';
import { builtInProviders } from '../providers/registry.js';
import { checkAddress, checkIp, checkProxy, checkTargetHeader, checkTimeLimit } from './checks.js';
import type { Config } from './config.js';
import { ownFlowSchema } from './flowSchema.js';
import { adviseOn, described, keys, optional, refuse, secretReference, text } from './schemaParts.js';
import { suiteSchema } from './suiteSchema.js';

const names = builtInProviders.map(({ name }) => name);

function byProvider<T extends z.ZodMiniType>(value: T) {
  const record = z.partialRecord(z.enum(names), value, { error: (issue) => adviseOn(issue, names) });
  return record as unknown as z.ZodMiniType<{ readonly [provider: string]: z.output<T> }>;
}

const secrets = byProvider(
  z.union([secretReference, z.array(secretReference).check(z.minLength(1, 'is an empty list.'))], {
    error: 'env:NAME, file:PATH or a list of them',
  }),
);

const path = z.string().check(z.minLength(1, 'is an empty path.'));
const timeLimit = text(checkTimeLimit, 'must be a duration with its unit, such as 5s.');
const address = text(checkAddress);

const headers = z.record(z.string(), z.string()).check(
  z.superRefine((found, context) => {
    for (const [name, value] of Object.entries(found)) refuse(context, checkTargetHeader([name, value]), [name]);
  }),
);

const target = keys({
  url: described(address, "The address; {provider} and {event} stand for the delivery's own."),
  headers: optional(headers, 'Headers to add or replace; env:NAME is read from the environment.'),
  ca: optional(path, 'File of a certificate authority to trust, as PEM.'),
  cert: optional(path, 'File of the client certificate, as PEM.'),
  key: optional(path, 'File of the key of the client certificate, as PEM, where cert does not hold it.'),
  insecure: optional(z.boolean(), 'True takes any certificate.'),
  proxy: optional(text(checkProxy), 'URL of an HTTP proxy, or none.'),
  unixSocket: optional(path, 'Path of a Unix socket to connect to.'),
  resolve: optional(z.record(z.string(), text(checkIp)), 'Addresses in place of those of DNS, by host.'),
  host: optional(z.string().check(z.minLength(1, 'is empty.')), 'The Host header, where it is not that of the URL.'),
  own: optional(z.boolean(), 'True for a receiver of your own, which check may attack.'),
  timeout: optional(timeLimit, 'Time limit of an attempt, such as 5s.'),
  secrets: optional(secrets, 'Secrets of this target, by provider.'),
}).check(
  z.superRefine((found, context) => {
    if (found.key && !found.cert) refuse(context, 'needs a cert beside it.', ['key']);
    if (found.proxy && found.unixSocket) refuse(context, 'goes with no proxy. Leave one out.', ['unixSocket']);
  }),
);

/** The schema of `Config`. */
export const configSchema = keys({
  $schema: optional(z.string(), 'The JSON Schema of this file, for editors.'),
  target: optional(z.string(), 'The target when --to names none: a name of targets, an address, or demo.'),
  targets: optional(
    z.record(z.string(), z.union([address, target], { error: 'an address or an object with a url' })),
    'Targets by name, for --to.',
  ),
  secrets: optional(secrets, 'Where the secrets are found, by provider: env:NAME or file:PATH.'),
  timeout: optional(timeLimit, "Time limit of an attempt, such as 5s; default: the provider's own."),
  timeouts: optional(byProvider(timeLimit), 'Time limits by provider.'),
  report: optional(
    keys({
      json: optional(z.boolean()),
      verbose: optional(z.boolean()),
      quiet: optional(z.boolean()),
    }),
    'How results are shown where no flag says otherwise.',
  ),
  log: optional(z.boolean(), 'False keeps no delivery log.'),
  flows: optional(z.record(z.string(), ownFlowSchema), 'Flows of your own by name, for flow.'),
  suites: optional(z.record(z.string(), suiteSchema), 'Suites by name, for run.'),
}).check(
  z.superRefine(({ target, targets = {}, flows = {} }, context) => {
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
  }),
);

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
