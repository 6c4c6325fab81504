import { createHmac, type KeyObject } from 'node:crypto';
import type { JwtScheme } from '../core/scheme.js';
import { keyPairKind } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { withoutPadding } from '../core/withoutPadding.js';
import { isSignedJwt, readClaims, readHead } from '../signing/jwt.js';
import type { SigningKey } from '../signing/key.js';
import type { SignatureTemplate } from '../signing/templates.js';
import { toKey } from './choices.js';
import { secretOthers } from './hypotheses/secretFacts.js';
import { tokenMistakes } from './hypotheses/tokenMistakes.js';
import type { Cause, Mistake } from './hypothesis.js';
import { candidateKey } from './keys.js';
import type { SpaceSource } from './otherRecipes.js';
import type { Search } from './search.js';
import { type ClaimedText, stripDecoration } from './targets.js';
import { validity, wrongClaims } from './tokenClaims.js';

type TokenTemplate = SignatureTemplate & { readonly options: JwtScheme };

/** The maximum length of a quoted text. */
const maxShown = 40;

/** Looks for the fault of a JSON Web Token: in its form, its algorithm, its key, then its claims. */
export function explainToken(source: SpaceSource, claims: readonly ClaimedText[], now: number): Search {
  const { reading, proof, facts } = source;
  const template = reading.schemes.get(proof) as TokenTemplate;
  const tried = { secret: 0 };
  let first: Search | null = null;
  for (const claim of claims.flatMap((each) => [...stripDecoration(each, facts)])) {
    const read = explainText(claim.text, template, source, now);
    tried.secret += source.given.length + source.others.length + 1;
    if (read === null) continue;
    const found = { because: [...claim.because, ...read.because], secret: read.secret };
    const search: Search = { found, tried, complete: true };
    // A text that is no token may be one without its quotes or prefix.
    if (read.because[0]?.mistake !== tokenMistakes.malformed) return search;
    first ??= search;
  }
  return first ?? { found: null, tried, complete: true };
}

interface Found {
  readonly because: readonly Cause[];
  readonly secret: Secret;
}

/** Returns the causes in one text, none where it is right; null where nothing explains its signature. */
function explainText(text: string, template: TokenTemplate, source: SpaceSource, now: number): Found | null {
  const { given, facts } = source;
  const { options } = template;
  const found = (mistake: Mistake, detail = ''): Found => ({
    because: [{ mistake, dimension: 'token', facts: { ...facts, detail: detail.slice(0, maxShown) } }],
    secret: given[0]!,
  });
  const parts = text.split('.');
  const head = readHead(text);
  if (parts.length !== 3) {
    return found(tokenMistakes.malformed, `it has ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, not three`);
  }
  if (!head) return found(tokenMistakes.malformed, 'its header is no JSON in Base64URL');
  if (!readClaims(text)) return found(tokenMistakes.malformed, 'its claims are no JSON object in Base64URL');
  if (typeof head.alg === 'string' && head.alg.toLowerCase() === 'none') return found(tokenMistakes.unsigned);
  if (head.alg !== options.algorithm)
    return (
      confused(text, head.alg, template, source) ??
      found(tokenMistakes.algorithm, JSON.stringify(head.alg) ?? 'nothing')
    );
  const signed = signedBy(text, template, source);
  if (!signed) {
    const { kid } = options.header;
    return kid !== undefined && head.kid !== kid
      ? found(tokenMistakes.keyId, JSON.stringify(head.kid) ?? 'nothing')
      : null;
  }
  const wrong = [...wrongClaims(text, template, source), ...validity(text, facts, now)];
  const because = [...signed.because, ...wrong];
  return { because, secret: signed.secret };
}

function signedBy(text: string, template: TokenTemplate, source: SpaceSource): Found | null {
  const { given, others, reading, facts } = source;
  const sample: Secret = { value: reading.provider.secret.sample, source: 'sample', isSample: true };
  const [other, ofSample] = secretOthers;
  const keys = [...given, ...others, sample].map((secret, at): readonly [Secret, Cause[]] => {
    if (at === 0) return [secret, []];
    const mistake = secret === sample ? ofSample! : other!;
    return [secret, [{ mistake, dimension: 'secret', facts: { ...facts, detail: secret.source } }]];
  });
  for (const [form, options, because] of tokenForms(text, template.options, facts)) {
    for (const [secret, why] of keys) {
      const key = keyFor(options, secret);
      if (key && isSignedJwt(options, key, form)) return { because: [...because, ...why], secret };
    }
  }
  return null;
}

function keyFor(options: JwtScheme, secret: Secret): SigningKey | undefined {
  return keyPairKind(options)
    ? candidateKey(options, secret)?.half
    : toKey({ text: secret.value }, options.key, secret)?.key;
}

/** Returns whether a token of a shared secret was made with the text of a public key. */
function confused(text: string, alg: unknown, { options }: TokenTemplate, { given, facts }: SpaceSource): Found | null {
  const hash = /^HS(256|384|512)$/.exec(String(alg))?.[1];
  if (hash === undefined) return null;
  const [head, claims, signature] = text.split('.');
  for (const secret of given) {
    const half: KeyObject | undefined = candidateKey(options, secret)?.half;
    const pem = half?.export({ type: 'spki', format: 'pem' }).toString();
    for (const key of pem ? [pem, pem.trimEnd()] : []) {
      const computed = createHmac(`sha${hash}`, key).update(`${head}.${claims}`).digest('base64url');
      const because: Cause = {
        mistake: tokenMistakes.confused,
        dimension: 'token',
        facts: { ...facts, detail: String(alg) },
      };
      if (computed === signature) return { because: [because], secret };
    }
  }
  return null;
}

/** Yields the token as it is, and with its signature in encodings and forms that it should not have. */
function* tokenForms(
  text: string,
  options: JwtScheme,
  facts: Readonly<Record<string, string>>,
): Generator<[string, JwtScheme, readonly Cause[]]> {
  yield [text, options, []];
  const [head, claims, signature = ''] = text.split('.');
  const bare = withoutPadding(signature).replaceAll('+', '-').replaceAll('/', '_');
  const changed = (detail: string): Cause[] => [
    { mistake: tokenMistakes.encoding, dimension: 'token', facts: { ...facts, detail } },
  ];
  if (bare !== signature) yield [`${head}.${claims}.${bare}`, options, changed('Base64')];
  const der = Buffer.from(bare, 'base64url');
  const numbers = options.algorithm === 'ES256' ? parseNumbers(der) : null;
  if (numbers) yield [`${head}.${claims}.${numbers.toString('base64url')}`, options, changed('DER')];
}

/** Returns the two numbers of 32 bytes that DER holds; null where it holds none. */
function parseNumbers(der: Buffer): Buffer | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der[2] !== 2) return null;
  const first = der.subarray(4, 4 + der[3]!);
  const at = 4 + der[3]!;
  if (der[at] !== 2) return null;
  const second = der.subarray(at + 2, at + 2 + der[at + 1]!);
  return Buffer.concat([first, second].map((number) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32)));
}
