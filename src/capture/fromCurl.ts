import type { Header } from '../core/delivery.js';
import { suggest } from '../core/nearest.js';
import { readUrl } from '../core/readUrl.js';
import { variableFor } from '../core/secret.js';
import { badCapture, type Capture } from './capture.js';
import { curlFlags, curlLetters } from './curlFlags.js';
import { ShellRefusal, type ShellWord, shellWords } from './shellWords.js';

/** What `send --curl` puts before curl for a body that is no plain text. */
const ownPipe = /^printf %s ([A-Za-z0-9+/]*={0,2}) \| base64 -d \| (?=curl\s)/;
const otherShells =
  /^\s*(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm|curl\.exe|\$session\s*=)\b|^\$\w+\s*=\s*New-Object/i;
const prompt = /^\s*(?:\$ +|% +)?(?=curl[ \t\\]|printf %s [A-Za-z0-9+/]*={0,2} \| base64 -d \| curl\s)/;

/** Options whose requests can't be told from the command. */
const rejected: Readonly<Record<string, string>> = {
  form: 'it sends a multipart form (-F), whose boundary curl generates each time. Capture the request itself',
  'form-string': 'it sends a multipart form, whose boundary curl generates each time. Capture the request itself',
  'upload-file': 'it uploads a file (-T). Give its content with --data-binary',
  config: 'it reads more options from a file (-K). Write them into the command',
  next: 'it makes more than one request (--next). Give one of them',
  'aws-sigv4': 'curl signs the request itself (--aws-sigv4). Capture the request',
  variable: 'it uses variables of curl (--variable). Put their values there',
};

/** How a command of curl is read. */
export interface CurlSource {
  /** Names the command in errors. */
  readonly source: string;
  /** The content of a file that the command names; without it such commands are rejected. */
  readonly file?: (path: string) => Uint8Array;
}

/** Whether bytes are a command of curl, or of another shell's way to send a request. */
export function isCurl(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', 0, 4096);
  const text = start.replace(/^\u00ef\u00bb\u00bf/, '').replace(/^(?:\s*#[^\n]*\n)+/, '');
  return prompt.test(text) || otherShells.test(text) || ownPipe.test(start);
}

/**
 * Reads the request that a command line of curl sends: as browsers copy it, documents print it and `send --curl` writes it. What
 * curl adds of its own accord (Host, User-Agent, Accept, Content-Length) is left out. Nothing is executed. Throws a UsageError.
 */
export function fromCurl(bytes: Uint8Array, { source, file }: CurlSource): Capture {
  const refuse = (reason: string) => badCapture(source, `the curl command can't be read: ${reason}.`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = buffer
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replace(prompt, '');
  if (otherShells.test(whole) || /`\r?\n\s*-/.test(whole))
    throw refuse('it is for PowerShell. Copy it as cURL for bash');
  if (/^curl(?:\.exe)?\s+\^"|\^\r?\n\s*-/.test(whole))
    throw refuse('it is for the command prompt of Windows. Copy it as cURL for bash');
  const pipe = ownPipe.exec(whole);
  try {
    const { words, rest } = shellWords(pipe ? whole.slice(pipe[0].length) : whole);
    const command = readArguments(words);
    const piped = pipe ? Buffer.from(pipe[1]!, 'base64') : undefined;
    const { headers, missing } = headersOf(command);
    const body = bodyOf(command, (path) => (path === '-' && piped ? piped : file?.(path)));
    return {
      request: {
        method: methodOf(command),
        url: urlOf(command, body),
        headers,
        body: command.get ? new Uint8Array() : body,
      },
      at: null,
      notes: [
        ...missing.map(
          (name) => `The command holds the value of ${name} as a shell variable. Give it with -H '${name}: …'.`,
        ),
        ...(rest.trim() === '' ? [] : ['What follows the curl command was passed over.']),
      ],
    };
  } catch (error) {
    if (error instanceof ShellRefusal) throw refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}

/** A command with its options in order. */
interface CurlCommand {
  readonly urls: readonly string[];
  readonly method: string | undefined;
  readonly headers: readonly ShellWord[];
  readonly data: readonly { readonly option: string; readonly text: string }[];
  readonly options: ReadonlyMap<string, string>;
  readonly get: boolean;
}

function readArguments([first, ...words]: readonly ShellWord[]): CurlCommand {
  if (first?.text !== 'curl') throw new ShellRefusal('it does not begin with curl');
  const urls: string[] = [];
  const headers: ShellWord[] = [];
  const data: { option: string; text: string }[] = [];
  const options = new Map<string, string>();
  for (const { name, value } of optionsOf(words)) {
    if (Object.hasOwn(rejected, name)) throw new ShellRefusal(rejected[name]!);
    if (name === 'header') headers.push(value!);
    else if (name === 'url') urls.push(known(value!, 'the URL'));
    else if (name.startsWith('data') || name === 'json' || name === 'url-query') {
      data.push({ option: name, text: known(value!, `--${name}`) });
    } else if (used.has(name)) options.set(name, value ? known(value, `--${name}`) : '');
  }
  if (urls.length !== 1) throw new ShellRefusal(urls.length === 0 ? 'it has no URL' : 'it has more than one URL');
  return { urls, headers, data, options, method: options.get('request'), get: options.has('get') };
}

/** The options that say something of the request. */
const used = new Set([
  'request',
  'user',
  'oauth2-bearer',
  'user-agent',
  'referer',
  'cookie',
  'get',
  'head',
  'compressed',
  'globoff',
]);

function* optionsOf(words: readonly ShellWord[]): Generator<{ name: string; value?: ShellWord }> {
  let isOver = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const { text } = word;
    const next = (name: string): ShellWord => {
      const value = words[++at];
      if (!value) throw new ShellRefusal(`--${name} has no value. Is it copied whole`);
      return value;
    };
    if (isOver || !text.startsWith('-') || text === '-') yield { name: 'url', value: word };
    else if (text === '--') isOver = true;
    else if (text.startsWith('--')) {
      const name = text.slice(2);
      if (curlFlags.withValue.has(name)) yield { name, value: next(name) };
      else if (curlFlags.alone.has(name.replace(/^no-(?!alpn|npn)/, '')) || curlFlags.alone.has(name)) yield { name };
      else throw new ShellRefusal(unknown(name));
    } else {
      for (let i = 1; i < text.length; i++) {
        const name = curlLetters[text[i]!];
        if (name === undefined) throw new ShellRefusal(`curl has no option -${/[!-~]/.test(text[i]!) ? text[i] : '?'}`);
        if (!curlFlags.withValue.has(name)) {
          yield { name };
          continue;
        }
        const glued = text.slice(i + 1);
        yield { name, value: glued === '' ? next(name) : { ...word, text: glued } };
        break;
      }
    }
  }
}

function unknown(name: string): string {
  const shown = name.replace(/[^!-~]/g, '?').slice(0, 60);
  const hint = suggest(shown, [...curlFlags.withValue, ...curlFlags.alone])
    .replace(/^Known:.*/, '')
    .replace(/[?.]$/, '');
  return `curl has no option --${shown}${hint && `. ${hint}`}`;
}

/** The text of a word that holds no variable. */
function known({ text, variables }: ShellWord, what: string): string {
  if (variables.length === 0) return text;
  throw new ShellRefusal(
    `${what} holds the shell variable $${variables[0]}. Put its value there, or the word in single quotes`,
  );
}

function methodOf({ method, data, options, get }: CurlCommand): string {
  if (method !== undefined) return method;
  if (options.has('head')) return 'HEAD';
  return data.some(({ option }) => option !== 'url-query') && !get ? 'POST' : 'GET';
}

function urlOf({ urls: [url = ''], data, options, get }: CurlCommand, body: Uint8Array): string {
  if (!options.has('globoff') && /\{[^{},]*,[^{}]*\}|\[\w+-\w+/.test(url))
    throw new ShellRefusal('its URL is a list of several ones');
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0];
  if (scheme && !/^https?:/i.test(scheme)) throw new ShellRefusal('its URL is neither http nor https');
  const text = Buffer.from(`${scheme ? '' : 'http://'}${url.replace(/#.*$/s, '')}`, 'latin1').toString('utf8');
  if (readUrl(text) === null || /\s/.test(text)) throw new ShellRefusal('its URL is none');
  const queries = data.filter(({ option }) => option === 'url-query').map(({ text: query }) => urlEncoded(query));
  const added = [...(get && body.length > 0 ? [Buffer.from(body).toString('utf8')] : []), ...queries].join('&');
  const withPath = /^https?:\/\/[^/?]*$/i.test(text) ? `${text}/` : text.replace(/^(https?:\/\/[^/?]*)\?/i, '$1/?');
  return added === '' ? withPath : `${withPath}${withPath.includes('?') ? '&' : '?'}${added}`;
}

/** The headers in the order of the wire: what options stand for, those that are given, and what the data stands for. */
function headersOf({ headers, data, options, get }: CurlCommand): { headers: Header[]; missing: string[] } {
  const given: Header[] = [];
  const removed = new Set<string>();
  const missing: string[] = [];
  for (const { text, variables } of headers) {
    if (text.startsWith('@')) throw new ShellRefusal('its headers are in a file (-H @…). Write them into the command');
    const [, name = '', sign, value = ''] = /^([^:;]*)([:;])?\s*([\s\S]*?)\s*$/.exec(text)!;
    if (name.trim() === '' || sign === undefined || /[\r\n]/.test(text))
      throw new ShellRefusal("a -H is no header 'Name: value'");
    if (variables.length > 0) {
      if (variables.length > 1 || value !== `$${variableFor(name)}`)
        known({ text, variables }, `the header ${name.replace(/[^!-~]/g, '?')}`);
      missing.push(name);
      removed.add(name.toLowerCase());
    } else if (sign === ';') {
      if (value === '') given.push([name, '']);
    } else if (value === '') removed.add(name.toLowerCase());
    else given.push([name, value]);
  }
  const isGiven = (name: string) =>
    removed.has(name.toLowerCase()) || given.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const user = options.get('user');
  const bearer = options.get('oauth2-bearer');
  const implied: (readonly [name: string, value: string | undefined])[] = [
    [
      'Authorization',
      user === undefined
        ? bearer && `Bearer ${bearer}`
        : `Basic ${Buffer.from(user.includes(':') ? user : `${user}:`, 'latin1').toString('base64')}`,
    ],
    ['User-Agent', options.get('user-agent')],
    ['Accept-Encoding', options.has('compressed') ? 'deflate, gzip' : undefined],
    ['Referer', options.get('referer')?.replace(/;auto$/, '')],
    ['Cookie', options.get('cookie')?.includes('=') ? options.get('cookie') : undefined],
  ];
  const sent = data.filter(({ option }) => option !== 'url-query');
  const isJson = sent.some(({ option }) => option === 'json');
  const added: Header[] = isJson
    ? [
        ['Content-Type', 'application/json'],
        ['Accept', 'application/json'],
      ]
    : sent.length > 0 && !get
      ? [['Content-Type', 'application/x-www-form-urlencoded']]
      : [];
  const before = implied.flatMap(([name, value]): Header[] => (value && !isGiven(name) ? [[name, value]] : []));
  return { headers: [...before, ...given, ...added.filter(([name]) => !isGiven(name))], missing };
}

function bodyOf({ data }: CurlCommand, file: (path: string) => Uint8Array | undefined): Uint8Array {
  const parts: Buffer[] = [];
  for (const { option, text } of data) {
    if (option === 'url-query') continue;
    const isFile = text.startsWith('@') && option !== 'data-raw';
    if (option === 'data-urlencode' && /^[^=]*@/.test(text))
      throw new ShellRefusal('its data is in a file. Write it into the command');
    let part = option === 'data-urlencode' ? Buffer.from(urlEncoded(text), 'latin1') : Buffer.from(text, 'latin1');
    if (isFile) {
      const content = file(text.slice(1));
      if (!content) {
        const path = text
          .slice(1)
          .replace(/[^ -~]/g, '?')
          .slice(0, 100);
        throw new ShellRefusal(
          `its data is in the file ${path}. Put the data into the command with --data-raw, or give --body ${path} and each header with -H instead`,
        );
      }
      const read = Buffer.from(content);
      part =
        option === 'data-binary' || option === 'json'
          ? read
          : Buffer.from(read.toString('latin1').replace(/[\r\n\0]/g, ''), 'latin1');
    }
    if (parts.length > 0 && option !== 'json') parts.push(Buffer.from('&'));
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What `--data-urlencode` makes of `content`, `=content` and `name=content`. */
function urlEncoded(text: string): string {
  const equals = text.indexOf('=');
  const name = equals > 0 ? text.slice(0, equals + 1) : '';
  const content = equals >= 0 ? text.slice(equals + 1) : text;
  const encoded = [...Buffer.from(content, 'latin1')]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (char === ' ') return '+';
      return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  return name + encoded;
}
