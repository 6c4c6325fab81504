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
const colours = `
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

/** The look of the page, in light and dark and on paper. Nothing depends on colour alone. */
export const style = `${colours}
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: .15rem 0 1rem; letter-spacing: -.01em; }
h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
h3 { font-size: .75rem; margin: 0 0 .35rem; text-transform: uppercase; letter-spacing: .05em; color: var(--quiet); }
p { margin: 0 0 .5rem; }
a { color: var(--link); text-underline-offset: .15em; }
ul { margin: 0; padding: 0; list-style: none; }
code, pre, .url, .headers { font-family: ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; font-size: .8125rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet { color: var(--quiet); font-size: .8125rem; font-weight: 400; }
.note { margin: .75rem 0 0; color: var(--quiet); font-size: .875rem; }
.url, th, td, li, .error { overflow-wrap: anywhere; }
.good, .is-good h1 .sign { color: var(--good); }
.bad, .is-bad h1 .sign, .error { color: var(--bad); }

header { margin-bottom: 1.25rem; padding: 1.25rem 1.5rem; background: var(--panel); border: 1px solid var(--line); border-top: 4px solid var(--passed); border-radius: 10px; }
header.is-bad { border-top-color: var(--failed); }
header > p { margin: 0; }
.facts { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1.1rem 0 0; }
.facts dt { color: var(--quiet); font-size: .8125rem; }
.facts dd { margin: 0; font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.panel { margin-bottom: 1.25rem; padding: 1.1rem 1.5rem 1.25rem; background: var(--panel); border: 1px solid var(--line); border-radius: 10px; }

.bar { display: block; width: 100%; height: 10px; border-radius: 3px; background: var(--sunken); overflow: hidden; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .5rem 0 0; font-size: .8125rem; color: var(--quiet); }
.swatch { display: inline-block; width: .7rem; height: .7rem; margin-right: .4rem; border-radius: 2px; vertical-align: -.05rem; }
rect.is-failure { fill: var(--failed); }

.badge { display: inline-block; padding: .05rem .55rem; border-radius: 99px; font-size: .8125rem; font-weight: 600; white-space: nowrap; color: var(--none); background: var(--none-soft); }
.badge.is-passed { color: var(--good); background: var(--good-soft); }
.badge.is-failed, .badge.is-finding { color: var(--bad); background: var(--bad-soft); }
.badge.is-flaky, .badge.is-remark, .badge.is-not_judged { color: var(--warn); background: var(--warn-soft); }
.grade { display: inline-block; min-width: 1.6rem; padding: 0 .45rem; border-radius: 5px; text-align: center; font-weight: 700; color: var(--warn); background: var(--warn-soft); }
.grade.is-A { color: var(--good); background: var(--good-soft); }
.grade.is-D, .grade.is-F { color: var(--bad); background: var(--bad-soft); }
.grade.is-none { color: var(--none); background: var(--none-soft); font-weight: 400; }

.pair { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.pair > section { flex: 1 1 24rem; min-width: 0; }
.budgets td:first-child { width: 7rem; }
.failed li { padding: .3rem 0; }
.failed li + li { border-top: 1px solid var(--line); }
.failed .quiet { display: block; }
.coverage details { padding: .45rem 0; }
.coverage .bar { height: 6px; margin-top: .35rem; }
.coverage h3 { margin-top: .6rem; }
.events { display: flex; flex-wrap: wrap; gap: .3rem .4rem; }
.events li { padding: 0 .45rem; background: var(--sunken); border-radius: 4px; }

summary { cursor: pointer; }
summary h2 { display: inline-block; margin: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: .8125rem; font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }

.timing .scroll { max-height: 24rem; margin-top: .75rem; overflow: auto; border: 1px solid var(--line); border-radius: 6px; }
.timing table { table-layout: fixed; font-size: .8125rem; }
.timing th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { position: sticky; top: 0; z-index: 1; background: var(--panel); box-shadow: 0 1px var(--line); }
.timing th:first-child { width: 16rem; }
.timing th:last-child { width: 6rem; }
.timing th, .timing td { padding: .15rem .6rem; }
.timing th:first-child { padding-left: .6rem; }
.timing td:last-child, .timing th:last-child { padding-right: .6rem; }
.timing tbody tr:hover { background: var(--sunken); }
.timing tbody th { overflow: hidden; font-weight: 400; text-overflow: ellipsis; white-space: nowrap; }
.timing tbody a { color: inherit; text-decoration: none; }
.timing tbody a:hover { text-decoration: underline; }
.timing .bar { height: 14px; margin: .2rem 0; border-radius: 0; background: none; }
.timing .axis { display: block; width: 100%; height: 18px; overflow: visible; }
.timing line { stroke: var(--grid); }
.timing text { fill: var(--quiet); font-size: 11px; }

.tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .6rem; margin: 0 -1.5rem; padding: .5rem 1.5rem; background: var(--panel); }
.tools input { flex: 1 1 16rem; min-width: 0; padding: .4rem .7rem; font: inherit; color: inherit; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; }
.tools div { display: flex; flex-wrap: wrap; gap: .4rem; }
output:empty { margin-left: -.6rem; }
button { padding: .35rem .7rem; font: inherit; font-size: .875rem; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
button:hover { background: var(--sunken); }
button[aria-pressed='true'][data-filter] { border-color: var(--link); background: var(--sunken); box-shadow: inset 0 0 0 1px var(--link); }
button .is-passed { color: var(--good); } button .is-failed { color: var(--bad); } button .is-flaky { color: var(--warn); }
thead th button { margin: -.2rem -.4rem; padding: .2rem .4rem; border: 0; background: none; font-size: inherit; font-weight: inherit; }
thead th button::after { content: '↕'; margin-left: .35rem; opacity: .5; }
th[aria-sort='ascending'] button::after { content: '↑'; opacity: 1; }
th[aria-sort='descending'] button::after { content: '↓'; opacity: 1; }
.cases > table { table-layout: fixed; }
.status { width: 7rem; } .came { width: 11rem; } .took { width: 7.5rem; }
.cases > table > tbody { border-top: 1px solid var(--line); }
.cases > table > tbody:target { box-shadow: -4px 0 var(--link); }
.cases > table > tbody > tr:first-child > th, .cases > table > tbody > tr:first-child > td { padding-bottom: .1rem; }
.name { display: block; font-weight: 600; }
.below > td { padding-top: .1rem; }
.cases > table > tbody > .below > td { padding-left: .6rem; }
.failures { margin: .1rem 0 .4rem; }
.failures li { padding: .1rem 0 .1rem .7rem; border-left: 3px solid var(--failed); color: var(--bad); }
.failures li code { color: var(--quiet); margin-right: .35rem; }
.more > summary, .one > summary, .earlier > summary { color: var(--quiet); font-size: .875rem; }
.more[open] > summary { margin-bottom: .6rem; }
.earlier { margin-bottom: .3rem; }
.earlier > summary { margin-bottom: .2rem; }
.one { padding: .25rem 0; }
.one[open] > summary { margin-bottom: .5rem; }

.delivery { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; margin-bottom: .75rem; }
.delivery > section, .log, .finding, .remark { min-width: 0; padding: .8rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.answers article + article { margin-top: 1rem; padding-top: .8rem; border-top: 1px solid var(--line); }
.line strong { font-size: 1rem; }
.headers { margin-bottom: .6rem; table-layout: fixed; }
.headers th { width: 38%; color: var(--quiet); font-weight: 400; }
.headers th, .headers td { padding: .1rem .5rem .1rem 0; }
pre { max-height: 26rem; margin: 0 0 .5rem; padding: .7rem .8rem; overflow: auto; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
::highlight(key) { color: var(--key); }
.delivery .bar { margin: .35rem 0 .3rem; height: 8px; }
.check caption { padding: .9rem 0 .3rem; text-align: left; font-weight: 600; }
.checks > tbody > tr:not(.below) { border-top: 1px solid var(--line); }
.checks > thead th:first-child { width: 5.5rem; }
.finding, .remark { margin: .6rem 0; border-left: 4px solid var(--failed); }
.remark { border-left-color: var(--warn); }
.finding h3, .remark h3 { color: var(--text); font-size: 1rem; text-transform: none; letter-spacing: 0; }
.log { margin-top: .6rem; }

@media (max-width: 48rem) {
  main { padding: .75rem .6rem 3rem; }
  header, .panel { padding: 1rem; }
  h1 { font-size: 1.4rem; }
  .tools { margin: 0 -1rem; padding: .5rem 1rem; }
  .delivery { grid-template-columns: minmax(0, 1fr); }
  html { scroll-padding-top: 1rem; }
  .tools { position: static; }
  .cases > table, .cases > table > thead, .cases > table > tbody, .below, .below > td { display: block; }
  .cases > table > thead > tr { display: flex; gap: 1.5rem; }
  .cases > table > thead .status, .cases > table > thead .came { display: none; }
  .cases > table > tbody { padding: .5rem 0; }
  .cases > table > tbody > tr:first-child { display: grid; grid-template: 'status came took' auto 'name name name' auto / auto 1fr auto; align-items: center; }
  .cases > table > tbody > tr:first-child > td:first-child { grid-area: status; }
  .cases > table > tbody > tr:first-child > th { grid-area: name; }
  .cases th, .cases td, .cases > table > tbody > .below > td { padding: .15rem .35rem .15rem 0; }
  .timing th:first-child { width: 8.5rem; }
  .timing th:last-child { width: 5rem; }
  .facts { gap: .6rem 1.5rem; }
  th, td { padding: .4rem .35rem; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --panel: #fff; --sunken: #fff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  header, .panel { padding: 0 0 .5rem; border: 0; border-radius: 0; }
  .tools, .more:not([open]) { display: none; }
  .timing .scroll, pre { max-height: none; overflow: visible; border: 0; }
  tr, article { break-inside: avoid; }
  th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { position: static !important; }
}
`;
