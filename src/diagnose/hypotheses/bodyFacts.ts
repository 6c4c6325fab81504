import type { JsonDialect } from '../../core/provider.js';
import { writeJson } from '../../json/dialect.js';
import { parseJson } from '../../json/parse.js';
import type { Json } from '../../json/value.js';
import type { Hypothesis, Variant } from '../hypothesis.js';
import { sorted, sortedByBytes } from './layout.js';

/** The ways to get the raw bytes in the languages and frameworks of receivers. */
const raw = {
  node: "express.raw({ type: '*/*' }) and then req.body, or req.rawBody",
  python: 'request.get_data() in Flask, request.body in Django, await request.body() in FastAPI',
  go: 'io.ReadAll(r.Body)',
  ruby: 'request.raw_post in Rails, request.body.read in Rack',
  php: "file_get_contents('php://input'), $request->getContent()",
  csharp: 'Request.EnableBuffering() and then a copy of Request.Body in ASP.NET Core',
  java: '@RequestBody byte[] in Spring, request.getInputStream().readAllBytes() in a servlet',
  kotlin: 'call.receive<ByteArray>() in Ktor, @RequestBody ByteArray in Spring',
  rust: 'body: axum::body::Bytes, web::Bytes in Actix',
  elixir: 'a :body_reader of Plug.Parsers that keeps the body',
} as const;

/** A language that receivers are written in. */
export type ReceiverLanguage = keyof typeof raw;

const usualLanguages: readonly ReceiverLanguage[] = ['node', 'python', 'go', 'ruby', 'php'];

/** Returns advice on getting the raw body, by default in the usual languages. */
export function rawBodyAdvice(languages: readonly ReceiverLanguage[] = usualLanguages): string {
  return languages.map((language) => raw[language]).join('; ');
}

/** Returns advice where the captured body is not the one that was signed. */
export const captureAdvice = (how: string, languages?: readonly ReceiverLanguage[]) =>
  `The body that you captured is not the one that was signed: ${how} Capture and verify the bytes as they came (${rawBodyAdvice(languages)}).`;

/** Returns advice where the receiver hashes something else than the raw bytes. */
export const hashRaw = (how: string, languages?: readonly ReceiverLanguage[]) =>
  `${how} Hash the bytes as they came, before anything parses them: ${rawBodyAdvice(languages)}.`.trimStart();

/** A body as the hypotheses see it; costly parts are made once, on demand. */
export interface BodyFacts {
  readonly bytes: Buffer;
  readonly text: string;
  readonly isUtf8: boolean;
  /** The parsed body, with the text of its numbers kept; undefined where it is no JSON. */
  readonly json: () => Json | undefined;
  /** The parsed body written in a dialect, with its keys in order or sorted; undefined where it can't be written. */
  readonly inDialect: (dialect: JsonDialect, keys?: 'sorted') => string | undefined;
  /** The parsed body as JavaScript has it. */
  readonly plain: () => unknown;
}

/** A hypothesis on the bytes that were signed in place of the body. */
export type BodyHypothesis = Hypothesis<BodyFacts, Uint8Array>;

/** Larger bodies are not parsed and written again: each dialect would take seconds, and all of them the memory. */
export const maxParsed = 4 << 20;

const sortOf = (dialect: JsonDialect) => (dialect === 'js' || dialect === 'pretty' ? sorted : sortedByBytes);

/** Reads a body once for all hypotheses. */
export function bodyFacts(body: Uint8Array): BodyFacts {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = bytes.toString('utf8');
  const source = text.replace(/^\ufeff/, '');
  const json = memoizeAttempt(() => (bytes.length > maxParsed ? undefined : parseJson(source)));
  const texts = new Map<string, string | undefined>();
  return {
    bytes,
    text,
    isUtf8: Buffer.from(text).equals(bytes),
    json,
    inDialect(dialect, keys) {
      const value = json();
      const name = `${dialect} ${keys ?? ''}`;
      if (value !== undefined && !texts.has(name)) {
        texts.set(
          name,
          attempt(() => writeJson(keys === 'sorted' ? sortOf(dialect)(value) : value, dialect)),
        );
      }
      return texts.get(name);
    },
    plain: memoizeAttempt(() => (bytes.length > maxParsed ? undefined : (JSON.parse(source) as unknown))),
  };
}

/** Returns a function that computes its result once; undefined where it throws, since not every body suits each hypothesis. */
export function memoizeAttempt<T>(make: () => T): () => T | undefined {
  let cached: { value: T | undefined } | undefined;
  return () => {
    cached ??= { value: attempt(make) };
    return cached.value;
  };
}

/** Returns the function's result; undefined where it throws. */
export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Yields the variants that can be made; skips those that throw. */
export function possibleVariants(
  variants: Iterable<readonly [make: () => Uint8Array, detail: string]>,
): Variant<Uint8Array>[] {
  return [...variants].flatMap(([make, detail]) => {
    const value = attempt(make);
    return value ? [{ value, detail }] : [];
  });
}
