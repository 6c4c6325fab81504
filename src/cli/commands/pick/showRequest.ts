import { excerpt, printable } from '../../../core/printable.js';
import { demoTarget } from '../../../core/target.js';
import { writeFaithfully } from '../../../json/dialect.js';
import type { Io } from '../../io/io.js';
import { promptTheme } from '../../prompts/theme.js';
import { type Choice, isChanged } from './choice.js';
import { type DiffLine, diffLines } from './diffLines.js';
import { payloadOf, readableBody, sampleOf } from './payload.js';
import type { ShownRequest } from './request.js';

/** Lines that the menu has around its rows, and that the payload has at least. */
const menuFrame = 4;
const fewest = 5;
/** Lines that a request takes in the usual case. */
const usual = 13;

/** Rows of the menu, so that the request above it stays in sight. */
export function menuSize({ stdout }: Io): number {
  return Math.min(Math.max((stdout.rows ?? 24) - menuFrame - usual, 4), 12);
}

/** Shows headers, secret and payload, or what is changed of it, cut to what fits on the terminal. */
export async function showRequest(request: ShownRequest, choice: Choice, io: Io): Promise<void> {
  const { method, url, headers, body, signedWith } = request;
  const width = Math.max(io.stdout.columns - 1, 20);
  const head = [
    choice.target === demoTarget ? `${method} to the built-in receiver` : `${method} ${withoutCredentials(url)}`,
    // Once something is changed, it is the change that a person wants to see.
    ...(isChanged(choice) ? [] : headers.map(([name, value]) => `${name}: ${value}`)),
    `Signed with ${signedWith}`,
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
  const before = writeFaithfully(await sampleOf(choice), 'pretty');
  const isOwnText = body?.includes('\n') === true;
  const after = isOwnText ? body : writeFaithfully(await payloadOf(choice), 'pretty');
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
