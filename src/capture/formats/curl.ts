import { badCapture, type Capture, type CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { curlRequest, curlRequests, isCurlName } from '../shell/curlRequest.js';
import { outputOf } from '../shell/outputOf.js';
import { parseScript } from '../shell/posixScript.js';
import { knownText, type Pipeline, ShellRefusal, type ShellWord } from '../shell/shellCommand.js';

/** The beginning of a script with curl, after comments and the prompt of a shell. */
const firstLine =
  /^(?:[$%#>] +)?(?:[A-Za-z_]\w*\+?=|(?:export|set|readonly|local|declare|typeset|read|source|trap|unset|function|printf|echo|cat|cd|mkdir|sleep|time|timeout|nohup|docker|podman|kubectl|ssh|xargs|sudo|env|exec|command|if|for|while)\s|:\s|[({>\\]|\w+ *\(\)|(?:\S*\/)?curl(?:\.exe)?(?:\s|$)|[a-z][^:\n]{0,2000}\|\s*(?:\S{0,200}\/)?curl\s)/;
const anyCurl = /(?:^|[\s;|&({`/\\])curl(?:\.exe|:[\w.-]+)?[ \t\\]/;
const words = new Set([
  'then',
  'do',
  'else',
  'time',
  'sudo',
  'exec',
  'command',
  'nohup',
  '!',
  'if',
  'while',
  'until',
  '{',
  'winpty',
]);
/** Commands that run the rest of their words somewhere else. */
const wrapper = /^(?:docker|podman|kubectl|timeout|nice)$/;

/** Commands of curl, for bash and every POSIX shell, alone or in a script, with the data in them. */
export const readCurl: CaptureFormat = (input) => {
  if (!isCurlScript(input.latin1)) return null;
  return scriptItems(input.latin1, input);
};

/** Returns whether a text is a command of curl, or a script with one. */
export function isCurlScript(latin1: string): boolean {
  const start = latin1.slice(0, 65_536).replace(/^(?:[ \t]*(?:#[^\n]*)?\r?\n)+/, '');
  return firstLine.test(start.trimStart()) && anyCurl.test(latin1.slice(0, 1_000_000));
}

/** The requests of a script. Throws a UsageError. */
export function scriptItems(latin1: string, input: Pick<CaptureInput, 'source'>): CapturedItem[] {
  const refuse = (reason: string) =>
    badCapture(input.source, `the curl command can't be read: ${reason.replace(/\.$/, '')}.`);
  try {
    const { pipelines, notes } = parseScript(latin1);
    const found = pipelines.flatMap(pipelineReaders);
    if (found.length === 0) throw new ShellRefusal('there is no command of curl in it');
    return found.map((read) => curlItem(read, notes, refuse));
  } catch (error) {
    if (error instanceof ShellRefusal) throw refuse(error.message);
    throw error;
  }
}

/** Returns readers of a pipeline's requests; skips the commands that process curl's output. */
function pipelineReaders(pipeline: Pipeline): (() => Capture)[] {
  return pipeline.flatMap((command, at) => {
    const { words: given, input } = command;
    const own = commandWords(given);
    if (!isCurlName(own[0]?.text ?? '')) return [];
    const before = pipeline.slice(0, at);
    const stdin = input ?? (before.length > 0 ? outputOf(before) : null);
    const content = stdin && (() => Buffer.from(knownText(stdin, 'the data'), 'latin1'));
    return curlRequests(own).map((each) => () => curlRequest(each, content));
  });
}

/** A command without the words before its name: variables, and words such as time. */
function commandWords(given: readonly ShellWord[]): readonly ShellWord[] {
  let at = 0;
  for (let isEnv = false; at < given.length; at++) {
    const { text } = given[at]!;
    const isOption = isEnv && /^-[iu]?$/.test(text);
    if (text === 'env') isEnv = true;
    else if (!words.has(text) && !/^[A-Za-z_]\w*=/.test(text) && !isOption) break;
  }
  if (!wrapper.test(given[at]?.text ?? '')) return given.slice(at);
  const name = given.findIndex(({ text }, i) => i > at && /^(?:\S*\/)?curl(?::[\w.-]+)?$/.test(text));
  return name < 0 ? given.slice(at) : [{ ...given[name]!, text: 'curl' }, ...given.slice(name + 1)];
}

/** Reads the request at once, so that a list can show it; keeps an error for when it is chosen, or throws it at once where it is the only one. */
function curlItem(read: () => Capture, notes: readonly string[], refuse: (reason: string) => Error): CapturedItem {
  try {
    const capture = read();
    const { method, url, headers } = capture.request;
    return { method, url, headers, read: () => ({ ...capture, notes: [...notes, ...capture.notes] }) };
  } catch (error) {
    if (!(error instanceof ShellRefusal)) throw error;
    const refused = refuse(error.message);
    return {
      method: 'POST',
      url: '',
      headers: [],
      read: () => {
        throw refused;
      },
    };
  }
}
