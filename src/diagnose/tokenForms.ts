import type { JwtScheme } from '../core/scheme.js';
import { withoutPadding } from '../core/withoutPadding.js';
import { tokenMistakes } from './hypotheses/tokenMistakes.js';
import type { Cause } from './hypothesis.js';

/** The token as it is, and with its signature in the encodings and forms that it should not have. */
export function* tokenForms(
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
  const numbers = options.algorithm === 'ES256' ? numbersOf(der) : null;
  if (numbers) yield [`${head}.${claims}.${numbers.toString('base64url')}`, options, changed('DER')];
}

/** The two numbers of 32 bytes that DER holds; null where it holds none. */
function numbersOf(der: Buffer): Buffer | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der[2] !== 2) return null;
  const first = der.subarray(4, 4 + der[3]!);
  const at = 4 + der[3]!;
  if (der[at] !== 2) return null;
  const second = der.subarray(at + 2, at + 2 + der[at + 1]!);
  return Buffer.concat([first, second].map((number) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32)));
}
