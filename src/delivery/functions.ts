import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { CustomScheme, CustomSchemeRequest, FunctionScheme } from '../core/scheme.js';
import { signsByFunction } from '../core/schemeFacts.js';
import type { SignatureTemplate } from '../signing/templates.js';
import { callFunction, type FunctionPlace } from './callFunction.js';

/** The texts of the signatures that functions make: by name, with each secret that is needed. */
export type FunctionTexts = ReadonlyMap<string, readonly string[]>;

/** The texts where no function makes any. */
export const noTexts: FunctionTexts = new Map();

/** The functions that sign for a provider, and the secrets that each is called with. */
export interface Functions {
  readonly provider: Provider;
  readonly wanted: readonly {
    readonly name: string;
    readonly sign: CustomScheme;
    readonly secrets: readonly string[];
    readonly place?: FunctionPlace;
  }[];
  /** Secrets, which no error may show. */
  readonly hidden: readonly string[];
}

/** Those of some names that a function makes. */
export function functionsAmong(
  names: Iterable<string>,
  signatures: ReadonlyMap<string, SignatureTemplate>,
): { readonly name: string; readonly sign: CustomScheme; readonly options: FunctionScheme }[] {
  return [...names].flatMap((name) => {
    const options = signatures.get(name)?.options;
    return options?.scheme === 'custom' ? [{ name, sign: options.sign, options }] : [];
  });
}

/** Calls the functions one after the other. Rejects with a FunctionError for a result that is no signature. */
export async function callFunctions(
  { provider, wanted, hidden }: Functions,
  { body, ...request }: Omit<CustomSchemeRequest, 'secret'>,
): Promise<FunctionTexts> {
  const texts = new Map<string, string[]>();
  for (const { name, sign, secrets, place } of wanted) {
    const what = `${provider.title}: the function of its signature ${name}`;
    const computed: string[] = [];
    for (const secret of secrets) {
      const own = Object.freeze({ ...request, secret, body: copied(body) });
      computed.push(await callFunction({ call: () => sign(own), what, hidden }, place));
    }
    texts.set(name, computed);
  }
  return texts;
}

/** Copies the bytes, so that a function can't change those of others. */
function copied(body: Uint8Array): Uint8Array {
  const copy = Buffer.alloc(body.length);
  copy.set(body);
  return copy;
}

/** Throws a UsageError for a provider that signs with a function, which only `asynchronous` waits for. */
export function assertSignedByData(provider: Provider, asynchronous: string): void {
  if (!signsByFunction(provider)) return;
  throw new UsageError(
    'NEEDS_ASYNC',
    `${provider.title} signs with a function, which is always awaited. Use ${asynchronous} instead.`,
  );
}

/** Returns whether a text holds a secret, as it is or in another encoding. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  const words = text.match(/[\w+/-]{4,}/g) ?? [];
  const readings = [
    text,
    ...words.flatMap((word) => [Buffer.from(word, 'base64').toString(), Buffer.from(word, 'hex').toString()]),
  ];
  return secrets.some((secret) => secret !== '' && readings.some((reading) => reading.includes(secret)));
}
