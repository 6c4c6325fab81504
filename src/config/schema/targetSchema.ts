import * as z from 'zod/mini';
import {
  adviseOnKeys,
  checkedText,
  described,
  optional,
  refuse,
  secretReference,
  strictKeys,
} from '../../providers/schemaParts.js';
import { checkAddress, checkIp, checkProxy, checkPublicAddress, checkTargetHeader, checkTimeLimit } from './checks.js';

/** An object with a member for some of the providers of these names; null allows any names, as in editors. */
export function byProvider<T extends z.ZodMiniType>(names: readonly string[] | null, value: T) {
  const record = names
    ? z.partialRecord(z.enum(names), value, { error: (issue) => adviseOnKeys(issue, names) })
    : z.record(z.string(), value);
  return record as unknown as z.ZodMiniType<{ readonly [provider: string]: z.output<T> }>;
}

/** The schema of secret references by provider. */
export function secretsSchema(names: readonly string[] | null) {
  const references = z.union([secretReference, z.array(secretReference).check(z.minLength(1, 'is an empty list.'))], {
    error: 'env:NAME, file:PATH or a list of them',
  });
  return byProvider(names, references);
}

/** A path that is not empty. */
export const path = z.string().check(z.minLength(1, 'is an empty path.'));
/** A time limit such as `5s`. */
export const timeLimit = checkedText(checkTimeLimit, 'must be a duration with its unit, such as 5s.');
/** An address as it is typed after `--to`. */
export const targetAddress = checkedText(checkAddress);

const headers = z.record(z.string(), z.string()).check(
  z.superRefine((found, context) => {
    for (const [name, value] of Object.entries(found)) refuse(context, checkTargetHeader([name, value]), [name]);
  }),
);

/** The schema of `TargetConfig`, for the providers of these names. */
export function targetSchema(names: readonly string[] | null) {
  return strictKeys({
    url: described(targetAddress, "The address; {provider} and {event} stand for the delivery's own."),
    publicUrl: optional(
      checkedText(checkPublicAddress),
      'The address by which providers know the receiver, where that is another, such as that of a tunnel. Some sign it.',
    ),
    header: optional(headers, 'Headers to add or replace; env:NAME is read from the environment.'),
    cacert: optional(path, 'File of a certificate authority to trust, as PEM.'),
    cert: optional(path, 'File of the client certificate, as PEM.'),
    key: optional(path, 'File of the key of the client certificate, as PEM, where cert does not hold it.'),
    insecure: optional(z.boolean(), 'True takes any certificate.'),
    proxy: optional(checkedText(checkProxy), 'URL of an HTTP proxy, or none.'),
    unixSocket: optional(path, 'Path of a Unix socket to connect to.'),
    resolve: optional(z.record(z.string(), checkedText(checkIp)), 'Addresses in place of those of DNS, by host.'),
    keepAlive: optional(z.boolean(), 'False opens a connection for each delivery, closed after its answer.'),
    host: optional(z.string().check(z.minLength(1, 'is empty.')), 'The Host header, where it is not that of the URL.'),
    allowRemote: optional(z.boolean(), 'True lets check attack it, also on another machine.'),
    timeout: optional(timeLimit, 'Time limit of an attempt, such as 5s.'),
    secrets: optional(secretsSchema(names), 'Secrets of this target, by provider.'),
  }).check(
    z.superRefine((found, context) => {
      if (found.key && !found.cert) refuse(context, 'needs a cert, too.', ['key']);
      if (found.proxy && found.unixSocket) refuse(context, 'goes with no proxy. Leave one out.', ['unixSocket']);
    }),
  );
}
