import type { Header } from '../../core/delivery.js';
import type { Plain } from '../../core/plain.js';
import type { ProviderDescription } from '../../core/providerDescription.js';
import { contentSources } from '../../core/schemeFacts.js';
import { readTimeAs } from '../../core/time.js';
import { isRead } from '../../delivery/readValues.js';
import type { CapturedRequest, FoundScheme } from '../../infer/foundScheme.js';
import { completeProvider } from '../../providers/complete.js';
import { lowerSignatures } from '../../signing/messageSignature.js';
import { verifyReceived } from '../../verify/verify.js';
import { remakeVector, type Vector } from '../contract/remakeVector.js';
import { revealsSecret } from './withoutSecrets.js';

/** The source of a vector. */
export interface VectorSource {
  readonly description: ProviderDescription;
  readonly found: FoundScheme;
  readonly request: CapturedRequest;
  readonly event: string;
  /** The environment variable that holds the secret of the capture. */
  readonly variable: string;
  readonly secrets: readonly string[];
}

/** Returns the captured request as `vectors.json` holds it, with the headers of the description only; or the reason why it can't be a vector. */
export async function capturedVector(
  source: VectorSource,
): Promise<{ readonly vector: Plain } | { readonly reason: string }> {
  const { description, found, request, event, variable, secrets } = source;
  const { signatures, proofs } = found;
  if (Object.keys(signatures).length === 0 && proofs.length === 0) return { reason: 'nothing in it proves anything' };
  if (proofs.some(({ options }) => options === null || options.scheme === 'encoded')) {
    return { reason: 'the capture itself carries the secret' };
  }
  const { url, method, headers, body } = request;
  if (!Buffer.from(Buffer.from(body).toString('utf8')).equals(body))
    return { reason: 'the body is not text, and a vector holds it as text' };
  const address = found.query.length > 0 ? url : (found.signedUrl ?? url);
  const vector: Vector = {
    name: 'the captured request',
    secret: `env:${variable}`,
    event,
    ...(method !== 'POST' && { method }),
    ...(address !== null && needsUrl(found) && { url: address }),
    headers: own(headers, found).map(([name, value]): [string, string] => [name, value]),
    body: Buffer.from(body).toString('utf8'),
  };
  const texts = [...(vector.headers as Header[]), [vector.url ?? '', vector.body!]].flat();
  if (texts.some((text) => revealsSecret(text, secrets))) return { reason: 'the capture itself carries the secret' };
  const { secretAt } = proofs.find((proof) => proof.secretAt !== null) ?? { secretAt: null };
  if (secretAt === null) return { vector: vector as unknown as Plain };
  const provider = completeProvider(description);
  const secret = secrets[secretAt]!;
  const received = { method, url: vector.url ?? 'http://localhost/', headers: vector.headers as Header[], body };
  const result = verifyReceived(provider, received, [secret]);
  if (!result.ok) return { reason: `the description does not accept it: ${result.reason}` };
  const remade = { ...vector, ...vectorInputs(found) };
  const isSame = remade.now !== undefined && (await remakeVector(remade, received, secret, provider)).length === 0;
  return { vector: (isSame ? remade : vector) as unknown as Plain };
}

/** The headers that the description writes or reads, in the order of the capture. */
function own(headers: readonly Header[], found: FoundScheme): Header[] {
  const read = Object.values(found.values).flatMap((spec) => (spec.kind === 'header' ? [spec.name] : []));
  const names = [...found.headers.map(([name]) => name), ...read].map((name) => name.toLowerCase());
  return headers.filter(([name]) => names.includes(name.toLowerCase()));
}

function needsUrl({ signatures, headers, query }: FoundScheme): boolean {
  return (
    query.length > 0 ||
    Object.values(lowerSignatures(signatures, headers).signatures)
      .flatMap(contentSources)
      .some((text) => /\{(url|host|path|query)\}/.test(text))
  );
}

/** Returns the time and the fresh values of the capture; nothing where it holds no time, or several. */
function vectorInputs({ values, sentValues }: FoundScheme): Pick<Vector, 'now' | 'values'> {
  const times = new Set<number>();
  const choices: [string, string][] = [];
  for (const [name, text] of sentValues) {
    const spec = values[name]!;
    if (spec.kind === 'time' && spec.at === undefined) times.add(readTimeAs(text, spec.format));
    else if (!isRead(spec)) choices.push([name, text]);
  }
  const [ms] = times;
  if (ms === undefined || times.size > 1) return {};
  return {
    now: ms % 1000 === 0 ? ms / 1000 : ms,
    ...(choices.length > 0 && { values: Object.fromEntries(choices) }),
  };
}
