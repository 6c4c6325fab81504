import type { HashScheme } from '../core/scheme.js';
import { encodingCall, encodingWords } from './hypotheses/encodings.js';
import { type Reading, written } from './reading.js';

/** What the words of mistakes may name. */
export function factsOf(reading: Reading, proof: string): Record<string, string> {
  const { provider, carriers, signatures } = reading;
  const own = carriers.find(({ head, each }) =>
    [...head, ...each].some((part) => 'name' in part && part.name === proof),
  );
  const header = { own: own?.name ?? '', form: own ? reading.form(own.name) : '' };
  const signature = signatures.get(proof);
  if (!signature) return { provider: provider.title, expected: 'the secret itself', ...header };
  const { options, content } = signature;
  const text = written(content);
  return {
    provider: provider.title,
    expected: encodingWords[options.encoding],
    call: encodingCall(options.encoding),
    hash: options.hash,
    algorithm: algorithmWords(options),
    content: text === '{body}' ? 'the body' : text,
    ...header,
  };
}

function algorithmWords({ scheme, hash }: HashScheme): string {
  return scheme === 'hmac' ? `HMAC-${hash.toUpperCase()}` : `a plain ${hash.toUpperCase()}`;
}
