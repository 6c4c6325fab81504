import type { Provider } from '../core/provider.js';
import type { HashScheme } from '../core/scheme.js';
import { isHash } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { readSignatureTemplates } from '../signing/templates.js';
import { type DimensionChoice, toKey } from './choices.js';
import { type Algorithm, ownAlgorithm } from './hypotheses/algorithms.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { readHeaders } from './readHeaders.js';
import { type Reading, readScheme } from './reading.js';
import type { AlternativeRecipe } from './search.js';
import { toContent } from './toContent.js';

const right = <T>(value: T): DimensionChoice<T> => ({ value, because: null, alone: false });

/** The schemes of other providers that differ from this one in more than the encoding. */
export function* otherRecipes(source: SpaceSource): Generator<AlternativeRecipe<Algorithm>> {
  const { reading, proof, given, values, providers, facts } = source;
  const own = reading.signatures.get(proof)!.options as HashScheme;
  const essence = (options: HashScheme) =>
    JSON.stringify([
      options.scheme,
      options.hash,
      options.content,
      options.scheme === 'hmac' ? (options.key ?? []) : [],
    ]);
  const seen = new Set([essence(own)]);
  for (const other of providers) {
    if (other.name === reading.provider.name) continue;
    for (const { options, content } of readSignatureTemplates(other).values()) {
      if (!isHash(options) || seen.has(essence(options))) continue;
      seen.add(essence(options));
      const key = toKey({ text: given[0]!.value }, options.scheme === 'hmac' ? options.key : undefined, given[0]!);
      if (!key) continue;
      yield {
        because: {
          mistake: textMistakes.otherScheme,
          dimension: 'provider',
          facts: { ...facts, other: other.title, otherName: other.name },
        },
        secret: right(key),
        content: right(toContent({ template: content, values: valuesFor(other, source, values) }, source)),
        algorithm: right(ownAlgorithm(options)),
      };
    }
  }
}

/** Returns the values for another provider's templates, from its own headers where they are present, else from this request. */
function valuesFor(
  other: Provider,
  { reading }: SpaceSource,
  values: ReadonlyMap<string, string>,
): Map<string, string> {
  const theirs = readScheme(other, reading.request);
  const { values: known } = readHeaders(theirs.tellers, theirs);
  const time = [...values].find(([name]) => reading.provider.values[name]?.kind === 'time')?.[1];
  const found = new Map([...known].map(([name, texts]) => [name, texts[0]!]));
  for (const [name, spec] of Object.entries(other.values)) {
    if (!found.has(name) && spec.kind === 'time' && time !== undefined) found.set(name, time);
  }
  return found;
}

/** The source of one signature's search space. */
export interface SpaceSource {
  readonly onWork?: (() => void) | undefined;
  readonly reading: Reading;
  /** The name of the signature, or `secret` for a token. */
  readonly proof: string;
  readonly body: Uint8Array;
  /** The one that should fit first; at least one. */
  readonly given: readonly Secret[];
  readonly others: readonly Secret[];
  /** The values in the request's headers. */
  readonly values: ReadonlyMap<string, string>;
  readonly providers: readonly Provider[];
  readonly facts: Readonly<Record<string, string>>;
}
