import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import ts from 'typescript';

/** A request that a script makes. */
export interface K6Request {
  readonly method: string;
  readonly url: string;
  readonly body: string | null;
  readonly params: {
    readonly headers: Readonly<Record<string, string>>;
    readonly timeout: string;
    readonly redirects: number;
    readonly tags: Readonly<Record<string, string>>;
  };
  /** Answers it: returns whether all checks of the script pass for that status. */
  readonly answer: (status: number) => boolean;
}

/** A script that was read, as k6 runs it. */
export interface K6Run {
  readonly options: Record<string, unknown>;
  /** Runs the default function once, as the iteration of a number from 0. */
  iterate(iteration: number): K6Request;
}

type Bytes = string | ArrayBuffer;

/** As `common.ToBytes` of k6 (js/common/util.go) reads a value. */
function toBytes(data: unknown): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  // The buffers of a script are of its own realm.
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]') return Buffer.from(data as ArrayBuffer);
  throw new TypeError(`invalid type ${typeof data}, expected string, []byte or ArrayBuffer`);
}

/** As `Digest` of k6's crypto (internal/js/modules/k6/crypto/crypto.go) writes a sum. */
function digest(sum: Buffer, outputEncoding: string): string | ArrayBuffer {
  switch (outputEncoding) {
    case 'base64':
      return sum.toString('base64');
    case 'base64url':
      return sum.toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
    case 'base64rawurl':
      return sum.toString('base64url');
    case 'hex':
      return sum.toString('hex');
    case 'binary':
      return new Uint8Array(sum).buffer;
    default:
      throw new Error(`invalid output encoding: ${outputEncoding}`);
  }
}

const hashes = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

const crypto = {
  hmac(algorithm: string, key: Bytes, data: Bytes, outputEncoding: string) {
    if (!hashes.includes(algorithm)) throw new Error(`invalid algorithm: ${algorithm}`);
    return digest(createHmac(algorithm, toBytes(key)).update(toBytes(data)).digest(), outputEncoding);
  },
  hexEncode: (data: Bytes) => toBytes(data).toString('hex'),
  randomBytes: (size: number) => new Uint8Array(randomBytes(size)).buffer,
  ...Object.fromEntries(
    hashes.map((name) => [
      name,
      (data: Bytes, outputEncoding: string) => digest(createHash(name).update(toBytes(data)).digest(), outputEncoding),
    ]),
  ),
};

const alphabets: Record<string, RegExp> = {
  std: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  rawstd: /^[A-Za-z0-9+/]*$/,
  url: /^(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)?$/,
  rawurl: /^[\w-]*$/,
};

/** As k6's encoding (internal/js/modules/k6/encoding/encoding.go): an unknown name stands for `std`. */
const encoding = {
  b64encode(data: Bytes, name = 'std') {
    const text = toBytes(data)
      .toString(name.endsWith('url') ? 'base64url' : 'base64')
      .replace(/=+$/, '');
    return name.startsWith('raw') ? text : text + '='.repeat((4 - (text.length % 4)) % 4);
  },
  b64decode(text: string, name = 'std', format?: string) {
    if (!alphabets[name]!.test(text)) throw new Error('illegal base64 data');
    const bytes = Buffer.from(text, name.endsWith('url') ? 'base64url' : 'base64');
    return format === 's' ? bytes.toString('utf8') : new Uint8Array(bytes).buffer;
  },
};

/** Returns the syntax errors of a script. */
export function k6SyntaxErrors(script: string): string[] {
  const { diagnostics = [] } = transpile(script);
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

function transpile(script: string) {
  return ts.transpileModule(script, {
    reportDiagnostics: true,
    fileName: 'script.js',
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      allowJs: true,
      esModuleInterop: true,
    },
  });
}

/** Replacements for the clock and for chance. */
export interface K6Fixed {
  readonly now: number;
  /** The result of every draw, from 0 to below 1. */
  readonly drawn: number;
}

/**
 * Runs a script with stand-ins for the modules of k6 that it imports, made by what k6's documents and source say of them. The realm has
 * the globals of the language and `__ENV`, and so nothing of Node. Throws what the script throws.
 */
export function runK6(script: string, env: Readonly<Record<string, string>> = {}, fixed: Partial<K6Fixed> = {}): K6Run {
  const checks: { readonly value: object; readonly sets: Record<string, (value: unknown) => boolean> }[] = [];
  const sent: K6Request[] = [];
  const scenario = { iterationInTest: 0 };
  const request = (method: string, url: string, body: string | null, params: K6Request['params']) => {
    const response = { status: 0 };
    const answer = (status: number) => {
      response.status = status;
      const own = checks.filter(({ value }) => value === response);
      return own.length > 0 && own.every(({ sets }) => Object.values(sets).every((set) => set(response)));
    };
    sent.push({ method, url, body, params, answer });
    return response;
  };
  const modules: Record<string, object> = {
    k6: { check: (value: object, sets: Record<string, () => boolean>) => checks.push({ value, sets }) > 0 },
    'k6/crypto': { __esModule: true, default: crypto },
    'k6/encoding': { __esModule: true, default: encoding },
    'k6/execution': { __esModule: true, default: { scenario } },
    'k6/http': { __esModule: true, default: { request } },
  };
  const exports: { default?: () => void; options?: Record<string, unknown> } = {};
  const load = (name: string) => {
    if (!Object.hasOwn(modules, name)) throw new Error(`k6 has no module ${name}`);
    return modules[name];
  };
  const context = createContext({ __ENV: env, exports, require: load });
  if (fixed.now !== undefined) runInContext(`Date.now = () => ${fixed.now};`, context);
  if (fixed.drawn !== undefined) runInContext(`Math.random = () => ${fixed.drawn};`, context);
  runInContext(transpile(script).outputText, context);
  return {
    options: exports.options!,
    iterate(iteration) {
      scenario.iterationInTest = iteration;
      sent.length = 0;
      checks.length = 0;
      exports.default!();
      if (sent.length !== 1) throw new Error(`${sent.length} requests of one iteration`);
      return sent[0]!;
    },
  };
}
