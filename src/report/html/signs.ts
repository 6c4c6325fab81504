import type { Verdict } from '../../core/check.js';
import type { ResultStatus } from '../../core/suite.js';
import { type Markup, markup } from './markup.js';

/** What each status and verdict looks like beside its colour: not everybody sees that. */
export const signs: Record<ResultStatus | Verdict, string> = {
  passed: '✓',
  failed: '✗',
  flaky: '~',
  skipped: '–',
  pass: '✓',
  fail: '✗',
  warn: '!',
  skip: '–',
};

/** A status or verdict as a coloured word with its sign. */
export function badge(status: ResultStatus | Verdict): Markup {
  return markup`<span class="badge is-${status}"><span aria-hidden="true">${signs[status]}</span> ${status}</span>`;
}
