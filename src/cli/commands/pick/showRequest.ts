import { excerpt, printable } from '../../../core/printable.js';
import { demoTarget } from '../../../core/target.js';
import { writeFaithfully } from '../../../json/dialect.js';
import { parseJson } from '../../../json/parse.js';
import type { Io } from '../../io/io.js';
import type { Choice } from './choice.js';
import type { ShownRequest } from './request.js';

/** Lines that the menu under it takes. */
const menuLines = 15;
const fewest = 5;

/** Shows headers and payload, cut to what fits on the terminal. */
export function showRequest({ method, url, headers, body }: ShownRequest, { target }: Choice, io: Io): void {
  const width = Math.max(io.stdout.columns - 1, 20);
  const head = [
    target === demoTarget ? `${method} to the built-in receiver` : `${method} ${withoutCredentials(url)}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const payload = pretty(body).split('\n');
  const room = Math.max((io.stdout.rows ?? 24) - menuLines - head.length, fewest);
  const left = payload.length - room;
  const shown = left > 1 ? payload.slice(0, room) : payload;
  const note = left > 1 ? [`… ${left} more lines; "show it all" has them`] : [];
  for (const line of ['', ...head, '', ...shown, ...note, '']) io.stdout.write(`${excerpt(line, width)}\n`);
}

/** Shows the whole payload. */
export function showPayload({ body }: ShownRequest, io: Io): void {
  io.stdout.write(`\n${pretty(body).split('\n').map(printable).join('\n')}\n\n`);
}

function pretty(body: Buffer): string {
  const text = body.toString('utf8');
  try {
    return writeFaithfully(parseJson(text), 'pretty');
  } catch {
    return text;
  }
}

function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
