import { excerpt, printable } from '../../../core/printable.js';
import { demoTarget } from '../../../core/target.js';
import { writeFaithfully } from '../../../json/encodeJson.js';
import type { Io } from '../../io/io.js';
import { promptTheme } from '../../prompts/theme.js';
import { type Choice, isChanged } from './choice.js';
import { buildChosenPayload, loadChosenSample, readableBody } from './payload.js';
import type { ShownRequest } from './request.js';

/** A line of a comparison: in both texts, only in the second, only in the first, or a gap of lines that are in both. */
interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

/** Lines around a change that are shown with it. */
const context = 2;
/** Pairs of lines that are compared at most; beyond that all of the middle counts as replaced. */
const maxPairs = 4_000_000;

/** Returns the differences between two texts, by lines, with a few lines around each change; empty where there are none. */
export function diffLines(before: string, after: string): DiffLine[] {
  if (before === after) return [];
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  return withGaps([
    ...a.slice(0, start).map(same),
    ...diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]);
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: 'removed', text });
  const added = (text: string): DiffLine => ({ kind: 'added', text });
  if (a.length * b.length > maxPairs) return [...a.map(removed), ...b.map(added)];
  // lengths[i][j]: lines that a from i on and b from j on have in common, in their order.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) lines.push(removed(a[i++]!));
    else lines.push(added(b[j++]!));
  }
  return [...lines, ...a.slice(i).map(removed), ...b.slice(j).map(added)];
}

function withGaps(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same'),
  );
  return lines.flatMap((line, at): DiffLine[] => {
    if (isNear[at]) return [line];
    return at === 0 || isNear[at - 1] ? [{ kind: 'gap', text: '' }] : [];
  });
}

/** Lines that the menu has around its rows, and that the payload has at least. */
const menuFrame = 4;
const fewest = 5;
/** Lines that a request takes in the usual case. */
const usual = 13;

/** Rows of the menu, so that the request above it stays in sight. */
export function menuSize({ stdout }: Io): number {
  return Math.min(Math.max((stdout.rows ?? 24) - menuFrame - usual, 4), 12);
}

/** Prints headers, secret and payload, or the changes to it, cut to the size of the terminal. */
export async function showRequest(request: ShownRequest, choice: Choice, io: Io): Promise<void> {
  const { method, url, headers, body, signing } = request;
  const width = Math.max(io.stdout.columns - 1, 20);
  const head = [
    choice.target === demoTarget ? `${method} to the built-in receiver` : `${method} ${withoutCredentials(url)}`,
    // Once something is changed, it is the change that a person wants to see.
    ...(isChanged(choice) ? [] : headers.map(([name, value]) => `${name}: ${value}`)),
    signing,
  ].map((line) => excerpt(line, width));
  const payload = isChanged(choice)
    ? ['What is changed of the sample:', ...(await changeLines(choice, width, io))]
    : readableBody(body.toString('utf8'), choice)
        .split('\n')
        .map((line) => excerpt(line, width));
  const room = Math.max((io.stdout.rows ?? 24) - menuSize(io) - menuFrame - head.length - 4, fewest);
  const left = payload.length - room;
  const shown = left > 1 ? payload.slice(0, room) : payload;
  const note = left > 1 ? [excerpt(`… ${left} more lines; "show it all" has them`, width)] : [];
  for (const line of ['', ...head, '', ...shown, ...note, '']) io.stdout.write(`${line}\n`);
}

/** Shows the whole payload, and all that is changed of it. */
export async function showPayload({ body }: ShownRequest, choice: Choice, io: Io): Promise<void> {
  const lines = readableBody(body.toString('utf8'), choice).split('\n').map(printable);
  const changes = isChanged(choice)
    ? ['', 'What is changed of the sample:', ...(await changeLines(choice, 500, io))]
    : [];
  io.stdout.write(`\n${[...lines, ...changes].join('\n')}\n\n`);
}

/** The difference to the sample, as lines of a terminal. */
async function changeLines(choice: Choice, width: number, io: Io): Promise<string[]> {
  const { body } = choice;
  const before = writeFaithfully(await loadChosenSample(choice), 'pretty');
  const isOwnText = body?.includes('\n') === true;
  const after = isOwnText ? body : writeFaithfully(await buildChosenPayload(choice), 'pretty');
  const lines = diffLines(before, after);
  if (lines.length === 0) return ['(nothing)'];
  const own = body === null ? [] : ['It is sent as it was edited: its ids and times are not renewed.'];
  return [...own.map((line) => excerpt(line, width)), ...lines.map((line) => drawLine(line, width, io))];
}

function drawLine({ kind, text }: DiffLine, width: number, io: Io): string {
  const { style } = promptTheme(io);
  if (kind === 'gap') return style.note('  …');
  const line = excerpt(`${{ same: ' ', added: '+', removed: '-' }[kind]} ${text}`, width);
  return kind === 'same' ? line : style[kind](line);
}

function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
