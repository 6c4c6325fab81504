import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { CustomScheme, CustomSchemeRequest } from '../core/scheme.js';
import type { SignatureTemplate } from '../signing/templates.js';
import { callFunction } from './callFunction.js';

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
  }[];
  /** Secrets, which no error may tell. */
  readonly hidden: readonly string[];
}

/** Those of some names that a function makes. */
export function functionsAmong(
  names: Iterable<string>,
  signatures: ReadonlyMap<string, SignatureTemplate>,
): { readonly name: string; readonly sign: CustomScheme }[] {
  return [...names].flatMap((name) => {
    const options = signatures.get(name)?.options;
    return options?.scheme === 'custom' ? [{ name, sign: options.sign }] : [];
  });
}

/** Calls the functions one after the other. Their texts are there at once where all of them give theirs at once. */
export function callFunctions(
  { provider, wanted, hidden }: Functions,
  { body, ...request }: Omit<CustomSchemeRequest, 'secret'>,
): FunctionTexts | Promise<FunctionTexts> {
  const calls = wanted.flatMap(({ name, sign, secrets }) =>
    secrets.map((secret) => () => {
      const what = `${provider.title}: the function of its signature ${name}`;
      return callFunction({ sign, request: Object.freeze({ ...request, secret, body: copied(body) }), what, hidden });
    }),
  );
  const grouped = (texts: readonly string[]) => {
    const left = [...texts];
    return new Map(wanted.map(({ name, secrets }) => [name, left.splice(0, secrets.length)]));
  };
  const texts = inTurn(calls, []);
  return texts instanceof Promise ? texts.then(grouped) : grouped(texts);
}

function inTurn(calls: readonly (() => string | Promise<string>)[], done: string[]): string[] | Promise<string[]> {
  while (done.length < calls.length) {
    const text = calls[done.length]!();
    if (text instanceof Promise) return text.then((later) => inTurn(calls, [...done, later]));
    done.push(text);
  }
  return done;
}

/** Bytes that nobody else has: what a function does to them changes nothing. */
function copied(body: Uint8Array): Uint8Array {
  const copy = Buffer.alloc(body.length);
  copy.set(body);
  return copy;
}

/** What is there at once. Throws a UsageError for a function that is asynchronous; `instead` says what waits for it. */
export function atOnce(
  texts: FunctionTexts | Promise<FunctionTexts>,
  { title }: Provider,
  instead: string,
): FunctionTexts {
  if (!(texts instanceof Promise)) return texts;
  // Nobody waits for it any more.
  texts.catch(() => {});
  throw new UsageError('ASYNC_FUNCTION', `${title} signs with an asynchronous function. ${instead}`);
}

/** Whether a text holds a secret, as it is or in another encoding. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  const words = text.match(/[\w+/-]{4,}/g) ?? [];
  const readings = [
    text,
    ...words.flatMap((word) => [Buffer.from(word, 'base64').toString(), Buffer.from(word, 'hex').toString()]),
  ];
  return secrets.some((secret) => secret !== '' && readings.some((reading) => reading.includes(secret)));
}
