import type { Verdict } from '../../../core/check.js';
import type { ResultStatus } from '../../../core/suite.js';
import { type Markup, markup } from './markup.js';

/** What is shown as a sign: a status, a verdict, or a case that was left out. */
export type Sign = ResultStatus | Verdict | 'left_out';

/** What each status and verdict looks like beside its colour: not everybody sees that. */
export const signs: Record<Sign, string> = {
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
  return markup`<span class="badge is-${status}"><span aria-hidden="true">${signs[status]}</span> ${status.replaceAll('_', ' ')}</span>`;
}
