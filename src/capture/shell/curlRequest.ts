import type { Header } from '../../core/delivery.js';
import { suggest } from '../../core/nearest.js';
import { readUrl } from '../../core/readUrl.js';
import { variableFor } from '../../core/secret.js';
import type { Capture } from '../capture.js';
import { trimBlanks } from '../trimBlanks.js';
import { type CurlData, curlBody, curlQuery, type StandardInput } from './curlBody.js';
import { curlFlags, curlLetters } from './curlFlags.js';
import { knownText, ShellRefusal, type ShellWord } from './shellCommand.js';

/** Options whose effect on the request the command does not show. */
const rejected: Readonly<Record<string, string>> = {
  form: 'it sends a multipart form (-F), whose boundary curl generates each time. Capture the request itself',
  'form-string': 'it sends a multipart form, whose boundary curl generates each time. Capture the request itself',
  config: 'it reads more options from a file (-K). Write them into the command',
  'aws-sigv4': 'curl signs the request itself (--aws-sigv4). Capture the request',
  variable: 'it uses variables of curl (--variable). Put their values there',
};

/** Options with which curl signs in only after it was asked to. */
const challengeSchemes: Readonly<Record<string, string>> = {
  digest: 'Digest',
  ntlm: 'NTLM',
  negotiate: 'Negotiate',
  anyauth: 'what the server asks for',
};

/** The words of each request of a command: those between two `--next`. */
export function curlRequests(words: readonly ShellWord[]): ShellWord[][] {
  const [first, ...rest] = words;
  const requests: ShellWord[][] = [[first!]];
  for (const word of rest) {
    if (word.text === '--next' || word.text === '-:') requests.push([first!]);
    else requests.at(-1)!.push(word);
  }
  return requests;
}

/**
 * The request that the words of a curl command send, without the headers that curl adds by itself (Host, User-Agent, Accept, Content-Length).
 * Executes nothing. Throws a ShellRefusal.
 */
export function curlRequest(words: readonly ShellWord[], stdin: StandardInput): Capture {
  const command = readArguments(words);
  const { headers, missing } = buildHeaders(command);
  const body = curlBody(command.data, stdin);
  const way = Object.keys(challengeSchemes).find((name) => command.options.has(name));
  return {
    request: {
      method: chooseMethod(command),
      url: buildUrl(command, body, curlQuery(command.data, stdin)),
      headers,
      body: command.get ? new Uint8Array() : body,
    },
    at: null,
    notes: [
      ...missing.map((name) => `The command holds the value of ${name} as a shell variable. Give that header as well.`),
      ...(way === undefined
        ? []
        : [
            `curl signs in with --${way} (${challengeSchemes[way]}) once the server asks for it: that Authorization is not in the command.`,
          ]),
    ],
  };
}

/** A command with its options in order. */
interface CurlCommand {
  readonly urls: readonly string[];
  readonly method: string | undefined;
  readonly headers: readonly ShellWord[];
  readonly data: readonly CurlData[];
  readonly cookies: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  readonly get: boolean;
}

function readArguments([first, ...words]: readonly ShellWord[]): CurlCommand {
  if (!isCurlName(first?.text ?? '')) throw new ShellRefusal('it does not begin with curl');
  const urls: string[] = [];
  const headers: ShellWord[] = [];
  const data: CurlData[] = [];
  const cookies: string[] = [];
  const options = new Map<string, string>();
  for (const { name, value } of parseOptions(words)) {
    if (value?.refusal) throw value.refusal;
    if (Object.hasOwn(rejected, name)) throw new ShellRefusal(rejected[name]!);
    if (name === 'header') headers.push(value!);
    else if (name === 'url') urls.push(knownText(value!, 'the URL'));
    else if (name === 'upload-file') {
      const file = knownText(value!, '--upload-file');
      data.push({ option: name, text: `@${file === '.' ? '-' : file}` });
    } else if (name.startsWith('data') || name === 'json' || name === 'url-query') {
      data.push({ option: name, text: knownText(value!, `--${name}`) });
    } else if (name === 'cookie') cookies.push(knownText(value!, '--cookie'));
    else if (used.has(name)) options.set(name, value ? knownText(value, `--${name}`) : '');
  }
  if (urls.length !== 1) throw new ShellRefusal(urls.length === 0 ? 'it has no URL' : 'it has more than one URL');
  return {
    urls,
    headers,
    data,
    cookies: cookies.filter((cookie) => cookie.includes('=')),
    options,
    method: options.get('request'),
    get: options.has('get'),
  };
}

/** The options that say something of the request. */
const used = new Set([
  'request',
  'user',
  'oauth2-bearer',
  'user-agent',
  'referer',
  'get',
  'head',
  'compressed',
  'globoff',
  'path-as-is',
  'request-target',
  ...Object.keys(challengeSchemes),
]);

function* parseOptions(words: readonly ShellWord[]): Generator<{ name: string; value?: ShellWord }> {
  let isOver = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const { text } = word;
    if (/^\u00e2\u0080[\u0092-\u0095]/.test(text))
      throw new ShellRefusal('an option begins with a dash of typography in place of -');
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

/** Returns whether a word is the name of curl, wherever that lies. */
export function isCurlName(word: string): boolean {
  return /^(?:\S*[\\/])?curl(?:\.exe)?$/i.test(word);
}

function chooseMethod({ method, data, options, get }: CurlCommand): string {
  if (method !== undefined) {
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/.test(method)) return method;
    throw new ShellRefusal('its method (-X) is none. Is there a no-break space behind it');
  }
  if (options.has('head')) return 'HEAD';
  if (data.some(({ option }) => option === 'upload-file')) return 'PUT';
  return data.some(({ option }) => option !== 'url-query') && !get ? 'POST' : 'GET';
}

function buildUrl(
  { urls: [url = ''], options, get }: CurlCommand,
  body: Uint8Array,
  queries: readonly string[],
): string {
  if (!options.has('globoff') && /\{[^{},]*,[^{}]*\}|\[\w+-\w+/.test(url))
    throw new ShellRefusal('its URL is a list of several ones');
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0];
  if (scheme && !/^https?:/i.test(scheme)) throw new ShellRefusal('its URL is neither http nor https');
  const text = Buffer.from(`${scheme ? '' : 'http://'}${url.replace(/#.*$/s, '')}`, 'latin1').toString('utf8');
  if (readUrl(text) === null || /\s/.test(text)) throw new ShellRefusal('its URL is none');
  // Data that -G puts into the query replaces that of --url-query.
  const added = get && body.length > 0 ? Buffer.from(body).toString('utf8') : queries.join('&');
  const plain = options.has('path-as-is') ? text : withoutDots(text);
  const withPath = /^https?:\/\/[^/?]*$/i.test(plain) ? `${plain}/` : plain.replace(/^(https?:\/\/[^/?]*)\?/i, '$1/?');
  const whole = added === '' ? withPath : `${withPath}${withPath.includes('?') ? '&' : '?'}${added}`;
  return targeted(whole.replace(userInfo, '$1'), options.get('request-target'));
}

/** The URL without `.` and `..` in its path, as curl sends it. */
function withoutDots(url: string): string {
  const [, start, path = '', query = ''] = /^(https?:\/\/[^/?]*)([^?]*)(.*)$/is.exec(url) ?? [];
  if (start === undefined || !/\/\.{1,2}(?:\/|$)/.test(path)) return url;
  const kept: string[] = [];
  const parts = path.slice(1).split('/');
  for (const [at, part] of parts.entries()) {
    const isDot = part === '.' || part === '..';
    if (part === '..') kept.pop();
    if (!isDot) kept.push(part);
    else if (at === parts.length - 1) kept.push('');
  }
  return `${start}/${kept.join('/')}${query}`;
}

/** The user and password of a URL, which curl sends as a header and not in the address. */
const userInfo = /^(https?:\/\/)([^/?#@]*)@/i;

/** The URL with the path of `--request-target`. */
function targeted(url: string, target: string | undefined): string {
  if (target === undefined || target === '*') return url;
  const text = Buffer.from(target, 'latin1').toString('utf8');
  if (/\s/.test(text)) throw new ShellRefusal('its --request-target is none');
  if (/^https?:\/\//i.test(text)) return text;
  const origin = /^https?:\/\/[^/?]*/i.exec(url)![0];
  return `${origin}${text.startsWith('/') ? '' : '/'}${text}`;
}

/** The user and password of a URL as `-u` would have them. */
function urlUser(url: string): string | undefined {
  const text = userInfo.exec(/^[a-z]+:\/\//i.test(url) ? url : `http://${url}`)?.[2];
  if (text === undefined) return undefined;
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The headers in the order of the wire: those of options, those that are given, and those of the data. */
function buildHeaders({ urls, headers, data, cookies, options, get }: CurlCommand): {
  headers: Header[];
  missing: string[];
} {
  const given: Header[] = [];
  const removed = new Set<string>();
  const missing: string[] = [];
  for (const { text, variables } of headers) {
    if (text.startsWith('@')) throw new ShellRefusal('its headers are in a file (-H @…). Write them into the command');
    const [, name = '', sign, rest = ''] = /^([^:;]*)([:;])?([\s\S]*)$/.exec(text)!;
    const value = trimBlanks(rest);
    if (name.trim() === '' || sign === undefined || /[\r\n]/.test(text))
      throw new ShellRefusal("a -H is no header 'Name: value'");
    if (variables.length > 0) {
      if (variables.length > 1 || value !== `$${variableFor(name)}`)
        knownText({ text, variables, refusal: null }, `the header ${name.replace(/[^!-~]/g, '?')}`);
      missing.push(name);
      removed.add(name.toLowerCase());
    } else if (sign === ';') {
      if (value === '') given.push([name, '']);
    } else if (value === '') removed.add(name.toLowerCase());
    else given.push([name, value]);
  }
  const isGiven = (name: string) =>
    removed.has(name.toLowerCase()) || given.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const needsChallenge = Object.keys(challengeSchemes).some((name) => options.has(name));
  const user = needsChallenge ? undefined : (options.get('user') ?? urlUser(urls[0] ?? ''));
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
    ['Cookie', cookies.length > 0 ? cookies.join(';') : undefined],
  ];
  const sent = data.filter(({ option }) => option !== 'url-query' && option !== 'upload-file');
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
