import type { Header } from '../../core/delivery.js';
import { badCapture, type Capture } from '../capture.js';
import type { CaptureFormat } from '../captureInput.js';
import { halfNotes } from '../halfCharacter.js';
import { curlRequest, isCurlName } from '../shell/curlRequest.js';
import { type PowerShellCommand, type PowerShellScript, parsePowerShell } from '../shell/powerShellScript.js';
import type { PowerShellValue } from '../shell/powerShellValues.js';
import { ShellRefusal, type ShellWord } from '../shell/shellCommand.js';

const invoke = /^(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)$/i;
const anyInvoke =
  /(?:(?:^|\n)[ \t]*(?:PS [^\n>]*> *)?|[;|={(][ \t]*)(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=[ \t`])/i;
/** Parameters that curl does not have: in Windows PowerShell its name is an alias of `Invoke-WebRequest`. */
const ofInvoke = /^(?:uri|method|headers|body|contenttype|usebasicparsing)$/i;
const anyAlias =
  /(?:^|\n)[ \t]*(?:PS [^\n>]*> *)?curl[ \t](?:[^\n]*[ \t])?-(?:Uri|Method|Headers|Body|ContentType|UseBasicParsing)[ \t]/i;
const curlName = /\bcurl(?:\.exe)?\s/;

/** Commands for PowerShell: `Invoke-WebRequest` and `Invoke-RestMethod`, as browsers copy them, and curl. */
export const readPowerShell: CaptureFormat = (input) => {
  const start = input.text.slice(0, 200_000);
  if (/^\s*[{[<]/.test(start) || /^[A-Z]+ \S+ HTTP\//.test(start)) return null;
  if (!anyInvoke.test(start) && !anyAlias.test(start) && !isPowerShellCurl(start)) return null;
  const refuse = ({ message }: ShellRefusal) =>
    badCapture(
      input.source,
      `the command for PowerShell can't be read: ${message.replace(/\.$/, '')}. Browsers copy it as cURL for bash, too.`,
    );
  try {
    const script = parsePowerShell(input.text);
    const found = script.commands.flatMap((command) => readCommand(command, script));
    if (found.length === 0) throw new ShellRefusal('there is no request in it');
    return found.map((capture) => ({ ...capture.request, read: () => capture }));
  } catch (error) {
    if (error instanceof ShellRefusal) throw refuse(error);
    throw error;
  }
};

/** Returns whether a command of curl has ends of lines or texts that only PowerShell has. Each is looked for behind the first of the one before. */
function isPowerShellCurl(text: string): boolean {
  const behindCurl = behind(text, curlName);
  if (behindCurl !== null && /`\r?\n|@["'][ \t]*\r?\n/.test(behindCurl)) return true;
  const hereString = behind(text, /@["'][ \t]*\r?\n/);
  const behindIt = hereString === null ? null : behind(hereString, /\n["']@/);
  if (behindIt !== null && curlName.test(behindIt)) return true;
  return text.split('\n').some((line) => /'[^']*\\"/.test(behind(line, /\bcurl\.exe\s/) ?? ''));
}

function behind(text: string, pattern: RegExp): string | null {
  const found = pattern.exec(text);
  return found && text.slice(found.index + found[0].length);
}

function readCommand(command: PowerShellCommand, script: PowerShellScript): Capture[] {
  const [first] = command.words;
  const name = first?.kind === 'value' && typeof first.value === 'string' ? first.value : '';
  const isAlias = command.words.some((word) => word.kind === 'parameter' && ofInvoke.test(word.name));
  if (isCurlName(name) && !isAlias) return [readCurl(command)];
  return invoke.test(name) || isCurlName(name) ? [invoked(command, script)] : [];
}

/** Parameters of the command, whole or the beginning of their names, as PowerShell takes them. */
function readParameters({ words }: PowerShellCommand): Map<string, PowerShellValue> {
  const found = new Map<string, PowerShellValue>();
  const names = [
    'uri',
    'method',
    'custommethod',
    'headers',
    'body',
    'contenttype',
    'useragent',
    'websession',
    'infile',
    'form',
    'authentication',
    'token',
    'credential',
  ];
  const whole = (name: string) => {
    const lower = name.toLowerCase();
    return names.find((each) => each === lower) ?? names.find((each) => each.startsWith(lower)) ?? lower;
  };
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    const next = words[at + 1];
    if (word.kind === 'splat') {
      if (word.value instanceof Map) for (const [name, value] of word.value) found.set(whole(name), value);
      else throw toRefusal(word.value, 'a table of parameters');
    } else if (word.kind === 'parameter') {
      if (next?.kind === 'value' && !switches.test(word.name.toLowerCase())) {
        found.set(whole(word.name), next.value);
        at++;
      } else found.set(whole(word.name), '');
    } else if (!found.has('uri')) found.set('uri', word.value);
  }
  return found;
}

/** Parameters whose effect on the request the command does not show. */
const rejected: readonly (readonly [name: string, reason: string])[] = [
  ['form', 'it sends a multipart form (-Form), whose boundary PowerShell makes each time. Capture the request itself'],
  ['infile', 'its body is in a file (-InFile). Write its content behind -Body'],
  ['authentication', 'it signs in with -Authentication, whose -Token or -Credential is no text. Write the header'],
  ['token', 'it signs in with -Token, which is no text. Write the header Authorization'],
  ['credential', 'it signs in with -Credential, which is no text. Write the header Authorization'],
];

/** Parameters without a value. */
const switches = /^(?:useb|skip|disablek|passt|resume|usedefaultc|allow|preserve|nop|proxyu|follow|verb|vb$|debug|db$)/;

function invoked(command: PowerShellCommand, script: PowerShellScript): Capture {
  const { properties } = script;
  const parameters = readParameters(command);
  for (const [name, reason] of rejected) if (parameters.has(name)) throw new ShellRefusal(reason);
  const text = (name: string) => {
    const value = parameters.get(name);
    if (value === undefined || typeof value === 'string') return value;
    throw toRefusal(value, `-${name}`);
  };
  const url = text('uri');
  if (url === undefined || url === '') throw new ShellRefusal('it has no -Uri');
  const table = parameters.get('headers');
  if (table !== undefined && !(table instanceof Map)) throw toRefusal(table, '-Headers');
  const given = [...((table as ReadonlyMap<string, PowerShellValue> | undefined) ?? [])].map(
    ([name, value]): Header => {
      if (typeof value !== 'string') throw toRefusal(value, `the header ${name.replace(/[^!-~]/g, '?')}`);
      return [name, value];
    },
  );
  const { body, notes } = buildBody(parameters.get('body') ?? command.input);
  const agent = text('useragent') ?? [...properties].find(([name]) => name.endsWith('.useragent'))?.[1];
  const type = text('contenttype');
  const method = text('custommethod') ?? text('method') ?? 'GET';
  const isGiven = (name: string) => given.some(([other]) => other.toLowerCase() === name);
  const added: Header[] = [
    ...(typeof agent === 'string' && !isGiven('user-agent') ? [['User-Agent', agent] as const] : []),
    ...(type !== undefined && !isGiven('content-type')
      ? [['Content-Type', type] as const]
      : body && !isGiven('content-type') && /^post$/i.test(method)
        ? [['Content-Type', 'application/x-www-form-urlencoded'] as const]
        : []),
  ];
  const bytes = Buffer.from(body ?? '');
  const isAscii = bytes.length === (body ?? '').length;
  const isTable = parameters.get('body') instanceof Map;
  const isQuery = isTable && method.toUpperCase() === 'GET';
  const address = /^https?:\/\//i.test(url) ? url : `http://${url}`;
  return {
    request: {
      method: method.toUpperCase(),
      url: isQuery ? `${address}${address.includes('?') ? '&' : '?'}${body}` : address,
      headers: [...given, ...added],
      body: isQuery ? new Uint8Array() : bytes,
    },
    at: null,
    notes: [
      ...notes,
      ...halfNotes(body ?? ''),
      ...(isAscii || script.isUtf8 || /charset="?utf-?8/i.test(type ?? '')
        ? []
        : ['The body was read as UTF-8; Windows PowerShell 5.1 sends a text without a charset as ISO-8859-1.']),
    ],
  };
}

/** A body that is a text, or a table, which becomes the fields of a form. Throws a ShellRefusal. */
function buildBody(value: PowerShellValue | null): { readonly body: string | null; readonly notes: readonly string[] } {
  if (value === null || typeof value === 'string') return { body: value, notes: [] };
  if (!(value instanceof Map)) throw toRefusal(value, '-Body');
  const encode = (text: string) =>
    encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+').replaceAll("'", '%27').replaceAll('~', '%7E');
  const fields = [...value].map(([name, text]) => {
    if (typeof text !== 'string') throw toRefusal(text, `the field ${name.replace(/[^!-~]/g, '?')}`);
    return `${encode(name)}=${encode(text)}`;
  });
  const note = 'The fields of -Body stand in the order of the table; unless that is [ordered], PowerShell has its own.';
  return { body: fields.join('&'), notes: fields.length > 1 ? [note] : [] };
}

function readCurl({ words, input }: PowerShellCommand): Capture {
  let isUnescaped = false;
  const given = words.flatMap((word): ShellWord[] => {
    if (word.kind === 'parameter') return [plain(`-${word.name}`)];
    if (word.kind === 'splat') throw new ShellRefusal('its arguments are in a variable (@…)');
    if (typeof word.value !== 'string') throw toRefusal(word.value, 'an argument');
    const isEscaped = !word.isBare && /(?:^|[^\\])(?:\\\\)*\\"/.test(word.value);
    isUnescaped ||= isEscaped;
    // As programs of Microsoft's C take their arguments apart: two backslashes before a quote are one.
    const halved = (_: string, slashes: string) =>
      '\\'.repeat(slashes.length >> 1) + (slashes.length % 2 === 1 ? '"' : '');
    return [plain(isEscaped ? word.value.replace(/(\\*)"/g, halved) : word.value)];
  });
  const capture = curlRequest(given, typeof input === 'string' ? () => Buffer.from(`${input}\r\n`) : null);
  const note = 'Quotes that are escaped with a backslash were read as Windows PowerShell 5.1 hands them to curl.';
  return isUnescaped ? { ...capture, notes: [...capture.notes, note] } : capture;
}

/** Text as a word of a shell, in which each character is a byte. */
function plain(text: string): ShellWord {
  return { text: Buffer.from(text).toString('latin1'), variables: [], refusal: null };
}

function toRefusal(value: PowerShellValue, what: string): ShellRefusal {
  return value instanceof ShellRefusal ? value : new ShellRefusal(`${what} is not a text`);
}
