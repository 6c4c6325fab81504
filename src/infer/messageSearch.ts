import { createHmac } from 'node:crypto';
import type { ReceivedRequest } from '../core/delivery.js';
import type { MessageAlgorithm } from '../core/scheme.js';
import { queryParameterName } from '../signing/messageSignature.js';
import type { FieldItem } from '../signing/structuredFields.js';
import { readReceivedSignature, signatureBase } from '../verify/messageSignature.js';
import { addressesOf } from './contentPlans.js';
import { isSignedByKeyPair, type KeyPairOptions } from './keyPairSearch.js';
import type { KeyWay } from './keyWays.js';
import type { Material } from './material.js';
import type { ClaimTargets, Hit } from './search.js';
import type { SpanPlace } from './spans.js';

const signed = { content: '', encoding: 'base64' } as const;
const keyPairs: readonly (readonly [MessageAlgorithm, KeyPairOptions])[] = [
  ['ed25519', { scheme: 'ed25519', ...signed }],
  ['ecdsa-p256-sha256', { scheme: 'ecdsa', hash: 'sha256', form: 'numbers', ...signed }],
  ['rsa-pss-sha512', { scheme: 'rsa', hash: 'sha512', padding: 'pss', ...signed }],
  ['rsa-v1_5-sha256', { scheme: 'rsa', hash: 'sha256', padding: 'pkcs1', ...signed }],
];

/** Tries the secrets on an HTTP message signature (RFC 9421), which declares what it covers. Only one signature is tried, with each address that a proxy may have changed. */
export function tryMessages(
  material: Material,
  ways: readonly KeyWay[],
  secrets: readonly string[],
  targets: ClaimTargets,
): Hit[] {
  const own = material.request.url ?? 'http://localhost/';
  for (const url of new Set([own, ...addressesOf(material)])) {
    const [found] = tryMessage({ ...material.request, url }, material, { ways, secrets, targets });
    if (found?.message) return [{ ...found, message: { ...found.message, ...(url !== own && { url }) } }];
  }
  return [];
}

interface Tried {
  readonly ways: readonly KeyWay[];
  readonly secrets: readonly string[];
  readonly targets: ClaimTargets;
}

function tryMessage(received: ReceivedRequest, { headers }: Material, { ways, secrets, targets }: Tried): Hit[] {
  const found = readReceivedSignature('signature', { headers: [] }, received);
  if ('reason' in found) return [];
  const { covering, base64, label } = found;
  const components = covering.items.map(formatComponent);
  const base = signatureBase(covering, received);
  const input = placeOf('signature-input', `${label}=`, null);
  const place = placeOf('signature', `${label}=:`, base64);
  if ('reason' in base || !components.every((each) => each !== null) || input === null || place === null) return [];
  const parameters = [...covering.parameters].flatMap(([name, value]) =>
    'text' in value ? [[name, value.text] as const] : [],
  );
  const bytes = Buffer.from(base64, 'base64');
  const claim = { place, text: base64, readings: [{ bytes, encoding: 'base64' as const }] };
  const hit = (algorithm: MessageAlgorithm, secretAt: number, options: Hit['options']): Hit[] => {
    targets.close(claim);
    return [{ claim, plan: { parts: [] }, options, secretAt, message: { algorithm, components, parameters, input } }];
  };
  const way = ways.find(({ key }) => createHmac('sha256', key).update(base.text).digest().equals(bytes));
  if (way) {
    const key = way.steps.length > 0 ? { key: way.steps } : {};
    return hit('hmac-sha256', way.secretAt, {
      scheme: 'hmac',
      hash: 'sha256',
      content: '',
      encoding: 'base64',
      ...key,
    });
  }
  for (const [secretAt, secret] of secrets.entries()) {
    for (const [algorithm, options] of keyPairs) {
      if (isSignedByKeyPair(options, secret, Buffer.from(base.text), bytes)) return hit(algorithm, secretAt, options);
    }
  }
  return [];

  /** A member of the only one of its headers, behind the text that begins it. */
  function placeOf(header: string, beginning: string, content: string | null): SpanPlace | null {
    const indices = headers.flatMap(([name], index) => (name.toLowerCase() === header ? [index] : []));
    const [index] = indices;
    if (index === undefined || indices.length > 1) return null;
    const [name, whole] = headers[index]!;
    if (!whole.startsWith(beginning)) return null;
    const start = beginning.length;
    const end = content === null ? whole.length : start + content.length;
    if (content !== null && whole.slice(start) !== `${content}:`) return null;
    return { in: 'header', index, name, whole, start, end, isNumber: false };
  }
}

/** Returns a component as descriptions name it; null for one that they can't express. */
function formatComponent({ value, parameters }: FieldItem): string | null {
  if (value.kind !== 'string') return null;
  const ordered = [...parameters];
  if (ordered.length === 0) return value.text;
  const [[name, parameter] = []] = ordered;
  if (value.text !== '@query-param' || ordered.length > 1 || name !== 'name' || parameter?.kind !== 'string')
    return null;
  const component = `@query-param;name="${parameter.text}"`;
  return queryParameterName(component) === null ? null : component;
}
