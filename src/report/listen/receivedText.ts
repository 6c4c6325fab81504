import { Chalk } from 'chalk';
import { breakText } from '../../core/breakText.js';
import { formatMask } from '../../core/fingerprint.js';
import type { GivenAnswer, ListenEnded, Listened, SenderRule } from '../../core/listened.js';
import { excerpt, printable, wrap } from '../../core/printable.js';
import type { SecretMask } from '../../core/secretMask.js';
import { maskParameters } from '../../core/secretParameters.js';
import { bodyText } from '../shared/bodySize.js';
import { flowPieces, type LinePiece } from '../shared/flowPieces.js';
import { grouped, marks, milliseconds } from '../shared/words.js';
import { explanationText } from '../verify/diagnosis.js';

/** The look of received requests. */
export interface ReceivedLook {
  readonly colour: boolean;
  readonly unicode: boolean;
  readonly verbose: boolean;
  /** Characters to a line; infinite where nothing is broken into lines. */
  readonly columns: number;
  readonly mask: SecretMask;
}

const verdictWords = { genuine: 'genuine', false: 'does not verify', unknown: 'not judged' } as const;
const longestBody = 2000;
/** The width of the time and the mark before the name of a provider. */
const indent = 11;

/** Formats a received request for people: a line, the explanation of a signature that does not match, and with `verbose` the request itself. */
export function receivedText(listened: Listened, look: ReceivedLook): string {
  const { colour, unicode, columns, mask } = look;
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const { ok, bad, unknown, none, dot } = marks(unicode);
  const { request, provider, event, verdict, handshake, repeats, diagnosis, answer } = listened;
  const mark = verdict === 'genuine' ? paint.green(ok) : verdict === 'false' ? paint.red(bad) : paint.yellow(unknown);
  const name = handshake === null ? (event?.name ?? null) : `handshake ${handshake}`;
  const room = (taken: number) => Math.max(20, Math.min(80, columns - indent - taken));
  const what =
    provider === null
      ? paint.bold(excerpt(`${request.method} ${pathOf(listened)}`, room(0)))
      : `${printable(provider.name)} ${paint.bold(excerpt(name ?? pathOf(listened), room(provider.name.length + 1)))}`;
  const parts = [
    `${grouped(request.body.length)} ${request.body.length === 1 ? 'byte' : 'bytes'}`,
    verdictWords[verdict],
    answerWords(answer, none),
  ];
  const notes = [
    repeats === null ? null : `repeats request ${repeats}`,
    event !== null && !event.isKnown ? 'an event that is not known' : null,
    diagnosis === null ? listened.reason : null,
    answer.error === null ? null : printable(answer.error.message),
  ].filter((note) => note !== null);
  const head = `${paint.dim(clockTime(request.at))} ${mark} ${what}`;
  const words = notes.length === 0 ? [] : printable(notes.join('; ')).split(' ');
  const text = flowPieces(
    [
      ['', head],
      ...parts.map((part): LinePiece => [` ${dot} `, part]),
      ...words.map((word, at): LinePiece => [at === 0 ? '  ' : ' ', paint.dim(word)]),
    ],
    columns,
    indent,
  );
  const why = diagnosis === null ? '' : explanationText(diagnosis, look);
  const whole = look.verbose ? `${requestText(listened, { columns, mask, dim: paint.dim })}\n` : '';
  return mask.inText(`${text}\n${why}${whole}`);
}

interface RequestLook extends Pick<ReceivedLook, 'columns' | 'mask'> {
  readonly dim: (text: string) => string;
}

function requestText(listened: Listened, { columns, mask, dim }: RequestLook): string {
  const { request, secretHeaders } = listened;
  const text = bodyText(request.body, false);
  const shown = text === null ? `(${grouped(request.body.length)} bytes that are no UTF-8)` : cut(mask.inText(text));
  const lines = [
    excerpt(`${request.method} ${pathOf(listened)}`, 200),
    ...request.headers.map(
      ([name, value]) =>
        `${printable(name)}: ${secretHeaders.includes(name.toLowerCase()) ? formatMask(value) : excerpt(mask.inText(value), 200)}`,
    ),
    '',
    ...shown.split('\n').map(printable),
  ];
  const room = Math.max(20, columns - 4);
  return lines
    .flatMap((line) => breakText(line, room).map((part, at) => dim(`${at === 0 ? '  ' : '    '}${part}`)))
    .join('\n');
}

function cut(text: string): string {
  return text.length > longestBody
    ? `${text.slice(0, longestBody)}\n… ${grouped(text.length)} characters in all`
    : text;
}

function answerWords({ is, status, ms, forwardedTo }: GivenAnswer, none: string): string {
  if (is === 'timeout') return 'not answered';
  if (is === 'reset') return 'connection reset';
  const by = forwardedTo === null ? '' : ` by ${excerpt(new URL(forwardedTo).host, 60)}`;
  return `answered ${status ?? none}${by} in ${milliseconds(ms)}`;
}

function pathOf({ request, secretParameters }: Pick<Listened, 'request' | 'secretParameters'>): string {
  const { pathname, search } = new URL(maskParameters(request.url, secretParameters));
  return pathname + search;
}

function clockTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** Returns the summary of all received requests, in a line. */
export function listenSummary(
  ended: ListenEnded,
  { unicode, columns }: Pick<ReceivedLook, 'unicode' | 'columns'>,
): string {
  const { dot } = marks(unicode);
  const { received, genuine, unknown, missing, interrupted } = ended;
  const counts = [
    `${grouped(received)} received`,
    `${grouped(genuine)} genuine`,
    ...(ended.false > 0 ? [`${grouped(ended.false)} that do not verify`] : []),
    ...(unknown > 0 ? [`${grouped(unknown)} not judged`] : []),
    ...(interrupted ? ['interrupted'] : []),
  ];
  const lack = missing === null ? '' : `\nDid not come: ${printable(missing)}`;
  const line = flowPieces(
    counts.map((count, at): LinePiece => [at === 0 ? '' : ` ${dot} `, count]),
    columns,
    2,
  );
  return `${line}${lack}\n`;
}

/** The verdict on a sender, a line for each rule. */
export function senderText(rules: readonly SenderRule[], { colour, unicode, columns, mask }: ReceivedLook): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const { ok, bad } = marks(unicode);
  const width = Math.max(...rules.map(({ name }) => name.length));
  const lines = rules.map(({ name, ok: isRight, says }) => {
    const mark = isRight === null ? paint.yellow('-') : isRight ? paint.green(ok) : paint.red(bad);
    const words = wrap(`${printable(says)}${isRight === null ? ' (not judged)' : ''}`, columns - width - 4);
    return `${mark} ${name.padEnd(width)}  ${words.join(`\n${' '.repeat(width + 4)}`)}`;
  });
  return mask.inText(`${lines.join('\n')}\n`);
}
