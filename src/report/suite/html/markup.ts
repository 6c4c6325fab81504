import type { Verdict } from '../../../core/check.js';
import { printable } from '../../../core/printable.js';
import type { ResultStatus } from '../../../core/suite.js';

/** A status, a verdict, or a case that was left out, which are shown as a sign. */
type Sign = ResultStatus | Verdict | 'left_out';

/** The sign of each status and verdict, in addition to its colour, which not everybody sees. */
export const statusSigns: Record<Sign, string> = {
  passed: '✓',
  failed: '✗',
  flaky: '~',
  skipped: '–',
  finding: '✗',
  remark: '!',
  not_judged: '?',
  left_out: '–',
};

/** A status or verdict as a coloured word with its sign. */
export function badge(status: Sign): Markup {
  return markup`<span class="badge is-${status}"><span aria-hidden="true">${statusSigns[status]}</span> ${status.replaceAll('_', ' ')}</span>`;
}

/** HTML that may be written as it is. Any other text is escaped on its way into a page. */
export class Markup {
  constructor(readonly html: string) {}
}

/** A part of a template: text of any origin, HTML made here, or a list of them; nothing for null. */
export type Part = string | number | Markup | null | readonly Part[];

/** HTML with each part escaped where it is text: no markup in it, and what would reorder or hide text is shown as an escape. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((string, at) => (at === 0 ? string : written(parts[at - 1]!) + string)).join(''));
}

/** Text whose line ends and tabs stay as they are. */
export function lines(text: string): Markup {
  return new Markup(
    text
      .split(/\r?\n/)
      .map((line) => line.split('\t').map(escaped).join('\t'))
      .join('\n'),
  );
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (char) => entities[char]!);
}
