import { type Pipeline, type ShellCommand, ShellRefusal, type ShellWord } from './shellCommand.js';

/** The limit of printf's output: it uses its format again for each of its values. */
const longestOutput = 32 * 1024 * 1024;

type Producer = (args: readonly string[], input: string | null) => string;

/** Commands that only repeat or recode their input. */
const producers: Readonly<Record<string, Producer>> = {
  echo: (args) => {
    const flags = args.findIndex((arg) => !/^-[neE]+$/.test(arg));
    const given = flags < 0 ? args : args.slice(0, flags);
    const text = args.slice(given.length).join(' ');
    const isEscaped = given.some((flag) => flag.includes('e'));
    return `${isEscaped ? unescaped(text) : text}${given.some((flag) => flag.includes('n')) ? '' : '\n'}`;
  },
  printf: ([format = '', ...values]) => printed(format, values),
  cat: (args, input) => {
    const [file] = args.filter((arg) => arg !== '-' && arg !== '/dev/stdin');
    if (file !== undefined || input === null) throw new ShellRefusal(fileReason(file ?? '-'));
    return input;
  },
  base64: (args, input) => {
    if (input === null || !args.some((arg) => /^(?:-d|-D|-di|--decode)$/.test(arg))) throw unknownProducer();
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(input) || input.replace(/[\s=]/g, '').length % 4 === 1)
      throw undecodable('base64');
    return Buffer.from(input, 'base64').toString('latin1');
  },
  xxd: (args, input) => {
    if (input === null || !/^(?:-r -p|-p -r|-rp|-pr)$/.test(args.join(' '))) throw unknownProducer();
    const digits = input.replace(/\s+/g, '');
    if (!/^(?:[0-9A-Fa-f]{2})*$/.test(digits)) throw undecodable('hexadecimal');
    return Buffer.from(digits, 'hex').toString('latin1');
  },
  tr: (args, input) => {
    const [flag, set] = args;
    if (input === null || flag !== '-d' || !/^(?:\\[nr]|\n|\r)+$/.test(set ?? '')) throw unknownProducer();
    const isGone = { '\r': /\\r|\r/.test(set!), '\n': /\\n|\n/.test(set!) };
    return input.replace(/[\r\n]/g, (end) => (isGone[end as keyof typeof isGone] ? '' : end));
  },
};

/** Returns the output of a pipeline; a word with a refusal where only a run could show it. */
export function outputOf(pipeline: Pipeline): ShellWord {
  let last: ShellWord | null = null;
  for (const command of pipeline) last = outputOfOne(command, last);
  return last ?? { text: '', variables: [], refusal: null };
}

function outputOfOne({ words, input }: ShellCommand, before: ShellWord | null): ShellWord {
  const given = input ?? before;
  const [name, ...args] = words;
  const base = name?.text.replace(/^.*\//, '') ?? 'cat';
  const variables = [...new Set([...(given?.variables ?? []), ...args.flatMap((word) => word.variables)])];
  const refusal = given?.refusal ?? args.find((word) => word.refusal)?.refusal ?? null;
  if (refusal) return { text: '', variables, refusal };
  try {
    if (!Object.hasOwn(producers, base)) throw unknownProducer();
    const text = producers[base]!(
      args.map(({ text }) => text),
      given?.text ?? null,
    );
    return { text, variables, refusal: null };
  } catch (error) {
    if (!(error instanceof ShellRefusal)) throw error;
    return { text: '', variables, refusal: error };
  }
}

function unknownProducer(): ShellRefusal {
  return new ShellRefusal('its data is what another command writes, which is never run here. Put its result there');
}

function undecodable(form: string): ShellRefusal {
  return new ShellRefusal(`its data says that it is ${form}, and is not`);
}

function fileReason(path: string): string {
  const shown = path.replace(/[^ -~]/g, '?').slice(0, 100);
  return `its data is in the file ${shown}. Put the data into the command with --data-raw`;
}

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** Resolves the escapes of `echo -e` and of printf's format. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|0?([0-7]{1,3})|([\s\S]))/g,
    (whole, hex?: string, short?: string, long?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const unicode = short ?? long;
      if (unicode !== undefined) {
        const code = Number.parseInt(unicode, 16);
        if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw unknownProducer();
        return Buffer.from(String.fromCodePoint(code)).toString('latin1');
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (letter === 'c') throw unknownProducer();
      return letters[letter!] ?? whole;
    },
  );
}

/** Returns the output of printf, which uses its format again as long as there are values. */
function printed(format: string, values: readonly string[]): string {
  const pieces = format.split(/(%[%sbdi]|%[^%sbdi])/);
  const taken = pieces.filter((piece) => /^%[sbdi]$/.test(piece)).length;
  if (pieces.some((piece) => /^%[^%sbdi]$/.test(piece))) throw unknownProducer();
  let at = 0;
  let text = '';
  do {
    if (text.length > longestOutput) throw new ShellRefusal('its printf writes more than 32 MiB');
    for (const piece of pieces) {
      if (piece === '%%') text += '%';
      else if (piece === '%s') text += values[at++] ?? '';
      else if (piece === '%b') text += unescaped(values[at++] ?? '');
      else if (/^%[di]$/.test(piece)) text += values[at++] ?? '0';
      else text += unescaped(piece);
    }
  } while (taken > 0 && at < values.length);
  return text;
}
