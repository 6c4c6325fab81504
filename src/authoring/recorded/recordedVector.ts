import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Header, ReceivedRequest } from '../../core/delivery.js';
import { type NameOf, UsageError } from '../../core/errors.js';
import { shownPath } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import { proofsOf } from '../../forge/carried.js';
import { tellsAddress } from '../../signing/covered.js';
import { revealsSecret } from '../captured/withoutSecrets.js';
import { type Vector, vectorFileSchema } from '../contract/remakeVector.js';
import type { Confirmation } from './confirmRequest.js';

/** The source of a vector. */
export interface RecordedSource {
  readonly provider: Provider;
  readonly request: ReceivedRequest;
  readonly confirmation: Confirmation;
  /** The day on which it was recorded. */
  readonly on: string;
  /** The secret that fits. */
  readonly secret: string;
  /** The environment variable that replaces the secret; null where it is to be kept. */
  readonly variable: string | null;
  readonly nameOf: NameOf;
}

/** A recorded request as a vector, with the headers of the description alone; or why it can't be one. */
export function recordedVector(source: RecordedSource): { readonly vector: Vector } | { readonly reason: string } {
  const { provider, request, confirmation, on, secret, variable, nameOf } = source;
  if (proofsOf(provider).signatures.length === 0) {
    return { reason: 'the provider computes no signature, so that a vector would prove nothing.' };
  }
  const body = Buffer.from(request.body);
  if (!Buffer.from(body.toString('utf8')).equals(body)) return { reason: 'its body is not UTF-8.' };
  const hasUrl = tellsAddress(provider) || (provider.query ?? []).length > 0;
  const vector: Vector = {
    name: `recorded on ${on}`,
    secret: variable === null ? secret : `env:${variable}`,
    ...(confirmation.event !== null && { event: confirmation.event }),
    ...(request.method !== 'POST' && { method: request.method }),
    ...(hasUrl && { url: request.url }),
    headers: describedHeaders(provider, request.headers).map(([name, value]): [string, string] => [name, value]),
    body: body.toString('utf8'),
    recorded: buildRecord(confirmation, on),
  };
  const texts = [...(vector.headers as Header[]), [vector.url ?? '', vector.body!]].flat();
  if (variable !== null && texts.some((text) => revealsSecret(text, [secret]))) {
    return {
      reason: `the request itself carries the secret. Where that may be read by all, add ${nameOf('keepSecret')}.`,
    };
  }
  return { vector };
}

/** More paths are not written. */
const maxPaths = 100;

function buildRecord({ facts, fields }: Confirmation, on: string): NonNullable<Vector['recorded']> {
  const differing = [
    ...facts.flatMap(({ fact, verdict, message }) => (verdict === 'differs' ? [`${fact}: ${message}`] : [])),
    ...(fields?.otherTypes ?? []),
  ];
  const { missing = [], unknown = [] } = fields ?? {};
  return {
    on,
    confirmed: facts.flatMap(({ fact, verdict }) => (verdict === 'confirmed' ? [fact] : [])),
    ...(differing.length > 0 && { differs: differing.slice(0, maxPaths) }),
    ...(missing.length > 0 && { missing: missing.slice(0, maxPaths) }),
    ...(unknown.length > 0 && { unknown: unknown.slice(0, maxPaths) }),
  };
}

/** The headers that a description writes or reads; others may be private. */
function describedHeaders({ headers, values }: Provider, recorded: readonly Header[]): Header[] {
  const read = Object.values(values).flatMap((spec) => (spec.kind === 'header' ? [spec.name] : []));
  const names = [...headers.map(([name]) => name), ...read].map((name) => name.toLowerCase());
  return recorded.filter(([name]) => names.includes(name.toLowerCase()));
}

/** The file of vectors of a folder with one more; null where the request is in it already. Throws a UsageError for a file that can't be added to. */
export function addVector(
  folder: string,
  vector: Vector,
  cwd: string,
): { readonly path: string; readonly text: string } | null {
  const path = join(folder, 'vectors.json');
  const shown = shownPath(path, cwd);
  const yaml = ['vectors.yaml', 'vectors.yml'].find((name) => existsSync(join(folder, name)));
  if (yaml !== undefined) {
    throw new UsageError(
      'BAD_VECTORS',
      `${yaml} is there, and vectors are written to vectors.json. Make it JSON first.`,
    );
  }
  const vectors = existsSync(path) ? readVectors(path, shown) : [];
  const same = JSON.stringify([vector.headers, vector.body]);
  if (vectors.some(({ headers, body }) => JSON.stringify([headers, body]) === same)) return null;
  return { path, text: `${JSON.stringify([...vectors, vector], null, 2)}\n` };
}

function readVectors(path: string, shown: string): Vector[] {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError('BAD_VECTORS', `${shown} is not JSON, so that nothing can be added to it. Correct it first.`, {
      cause,
    });
  }
  const result = vectorFileSchema.safeParse(data);
  if (result.success) return data as Vector[];
  throw new UsageError(
    'BAD_VECTORS',
    `${shown} is no list of vectors. Correct it first: provider test says what is wrong.`,
  );
}
