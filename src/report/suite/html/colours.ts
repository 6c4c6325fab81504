import type { Phase } from '../../../core/attempt.js';
import { type ResultStatus, resultStatuses } from '../../../core/suite.js';

/** The parts of a bar, each with a colour of its name. */
const parts: readonly (Phase | ResultStatus | 'before')[] = [
  ...resultStatuses,
  'before',
  'dns',
  'connect',
  'tls',
  'send',
  'wait',
  'receive',
];

/** The colours of the page: light, dark where the reader's system is, and light on paper. */
export const colours = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --panel: #ffffff; --sunken: #f3f4f7; --line: #e0e3e9; --grid: #e7e9ee;
  --text: #1c2230; --quiet: #5d6678; --link: #1d57c9; --key: #7a3ea8;
  --good: #16703c; --good-soft: #dcf3e4; --bad: #b42318; --bad-soft: #fde5e2;
  --warn: #8a5300; --warn-soft: #fdeecb; --none: #5d6678; --none-soft: #e8eaef;
  --passed: #2f9e5f; --failed: #d9483b; --flaky: #e0a128; --skipped: #b4bac6;
  --dns: #0e9aa7; --connect: #e39a2d; --tls: #8d5fc9; --send: #d05f9d; --wait: #4a83e6; --receive: #35a56b; --before: #b9bfca;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #12151b; --panel: #1a1e26; --sunken: #141820; --line: #2e3440; --grid: #262b35;
    --text: #e4e7ee; --quiet: #9aa3b5; --link: #86b0ff; --key: #cfa2f2;
    --good: #7fd8a1; --good-soft: #173524; --bad: #ff9a8f; --bad-soft: #45201d;
    --warn: #f2c469; --warn-soft: #3d2f12; --none: #a7afbf; --none-soft: #2a303b;
    --passed: #3aa869; --failed: #e5594c; --flaky: #d99c2b; --skipped: #596172;
    --before: #596172;
  }
}
${parts.map((name) => `rect.is-${name} { fill: var(--${name}); } .swatch.is-${name} { background: var(--${name}); }`).join('\n')}
`;
