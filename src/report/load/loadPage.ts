import { createHash } from 'node:crypto';
import type { LoadEnded, LoadSpan, LoadVerdict } from '../../core/load.js';
import { latencyBands } from '../../core/load.js';
import { Markup, markup } from '../suite/html/markup.js';
import { findingText, formatMs, formatRate, formatShare } from './loadText.js';

const width = 900;
const left = 70;
const right = 10;

/** The look of the page, in light and dark. */
const style = `
:root { color-scheme: light dark; --page: #f5f6f8; --panel: #fff; --line: #e0e3e9; --text: #1c2230; --quiet: #5d6678; --good: #16703c; --bad: #b42318; --warn: #8a5300; --one: #1d57c9; --two: #c2571a; --three: #7a3ea8; --heat: 29 87 201; }
@media (prefers-color-scheme: dark) { :root { --page: #12151b; --panel: #1a1e26; --line: #2e3440; --text: #e4e7ee; --quiet: #9aa3b5; --good: #7fd8a1; --bad: #ff9a8f; --warn: #f2c469; --one: #86b0ff; --two: #f0a36b; --three: #cfa2f2; --heat: 134 176 255; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
section, header { margin: 0 0 1.25rem; padding: 1.1rem 1.5rem; background: var(--panel); border: 1px solid var(--line); border-radius: 10px; }
header { border-top: 4px solid var(--good); } header.is-failed { border-top-color: var(--bad); } header.is-not_judged { border-top-color: var(--warn); }
.is-failed h1 span, .no { color: var(--bad); } .is-passed h1 span, .yes { color: var(--good); } .is-not_judged h1 span, .open { color: var(--warn); }
dl { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: 1rem 0 0; } dt { color: var(--quiet); font-size: .8125rem; } dd { margin: 0; font-size: 1.15rem; font-weight: 600; font-variant-numeric: tabular-nums; }
svg { display: block; width: 100%; height: auto; } svg text { fill: var(--quiet); font-size: 12px; } svg line { stroke: var(--line); } path { fill: none; stroke-width: 1.6; }
.one { stroke: var(--one); } .two { stroke: var(--two); } .three { stroke: var(--three); } rect.one { fill: var(--one); stroke: none; } rect.heat { fill: rgb(var(--heat)); shape-rendering: crispEdges; }
ul { margin: 0; padding: 0; list-style: none; } table { width: 100%; border-collapse: collapse; } th, td { padding: .3rem .6rem .3rem 0; text-align: left; overflow-wrap: anywhere; } thead th { color: var(--quiet); font-size: .8125rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0 0; color: var(--quiet); font-size: .8125rem; } .swatch { display: inline-block; width: .9rem; height: .2rem; margin-right: .4rem; vertical-align: middle; background: currentColor; }
.legend .one { color: var(--one); } .legend .two { color: var(--two); } .legend .three { color: var(--three); } .legend span span + span { color: var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print { body { background: #fff; } section, header { break-inside: avoid; } }
`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const titles = { passed: 'Passed', failed: 'Failed', not_judged: 'Not judged' } as const;

/** Returns a self-contained HTML page of a load: verdict, rate and latency over time, and the distribution of latencies. */
export function loadPage(name: string, ended: LoadEnded, { verdict, findings }: LoadVerdict): string {
  const { latencyMs, serviceMs, spans } = ended;
  const facts: [string, string][] = [
    ['sent', String(ended.sent)],
    ['rate', `${formatRate(ended.reachedRate)} of ${formatRate(ended.askedRate)}`],
    ['failed', String(ended.ended - ended.ok)],
    ['dropped', String(ended.dropped)],
    ['in flight', `${ended.maxInFlight} at most`],
    ['CPU here', `${Math.round(ended.cpu * 100)}% of a core`],
  ];
  const signs = { true: ['yes', '✓'], false: ['no', '✗'], null: ['open', '?'] } as const;
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="webhook-sim">
<title>${titles[verdict]}: load of ${name}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<header class="is-${verdict}">
<h1><span>${titles[verdict]}</span>: load of ${name}</h1>
<ul>${findings.map((finding) => {
    const [kind, sign] = signs[`${finding.ok}`];
    return markup`<li><span class="${kind}" aria-hidden="true">${sign}</span> ${findingText(finding)}</li>`;
  })}</ul>
${ended.machineLimit ? markup`<p class="open">This machine was the limit: ${formatShare(ended.machineLimit.lateShare)} of the deliveries began more than 50 ms late.</p>` : null}
${ended.interrupted ? markup`<p class="open">It was interrupted; ${ended.unfinished} had no answer yet.</p>` : null}
<dl>${facts.map(([term, fact]) => markup`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}</dl>
</header>
${spans.length === 0 ? null : [rateSection(spans), latencySection(spans), heatSection(spans), histogramSection(spans)]}
<section><h2>Percentiles</h2>
<table><thead><tr><th>from</th>${['min', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max', 'mean'].map((each) => markup`<th class="number">${each}</th>`)}</tr></thead>
<tbody>${(
    [
      ['when each was due', latencyMs],
      ['when each was sent', serviceMs],
    ] as const
  ).map(([title, times]) =>
    times === null
      ? null
      : markup`<tr><th>${title}</th>${[times.min, times.p50, times.p90, times.p95, times.p99, times.p999, times.max, times.mean].map((ms) => markup`<td class="number">${formatMs(ms)}</td>`)}</tr>`,
  )}</tbody></table></section>
${
  ended.failures.length === 0
    ? null
    : markup`<section><h2>Failures</h2>
<table><thead><tr><th>what</th><th>code</th><th>phase</th><th class="number">deliveries</th></tr></thead>
<tbody>${ended.failures.map(({ outcome, code, phase, count }) => markup`<tr><td>${outcome.replace('_', ' ')}</td><td>${code}</td><td>${phase ?? ''}</td><td class="number">${count}</td></tr>`)}</tbody></table></section>`
}
</main>
</body>
</html>
`;
  return page.html;
}

interface Series {
  readonly name: string;
  readonly className: string;
  /** Null where there is no value. */
  readonly figureOf: (span: LoadSpan) => number | null;
}

const secondsOfSpan = ({ fromSecond, toSecond }: LoadSpan) => toSecond - fromSecond;

function rateSection(spans: readonly LoadSpan[]): Markup {
  const series: Series[] = [
    { name: 'due', className: 'one', figureOf: (span) => span.due / secondsOfSpan(span) },
    { name: 'answered', className: 'two', figureOf: (span) => span.ended / secondsOfSpan(span) },
    {
      name: 'failed or dropped',
      className: 'three',
      figureOf: (span) => (span.ended - span.ok + span.dropped) / secondsOfSpan(span),
    },
  ];
  return section(
    'Deliveries per second',
    lineChart(spans, series, { height: 200, format: formatRate, isLog: false }),
    series,
  );
}

function latencySection(spans: readonly LoadSpan[]): Markup {
  const series: Series[] = [
    { name: 'p50', className: 'one', figureOf: ({ p50 }) => p50 },
    { name: 'p99', className: 'two', figureOf: ({ p99 }) => p99 },
    { name: 'max', className: 'three', figureOf: ({ max }) => max },
  ];
  return section('Latency over time', lineChart(spans, series, { height: 240, format: formatMs, isLog: true }), series);
}

function section(title: string, chart: Markup, series: readonly Series[]): Markup {
  return markup`<section><h2>${title}</h2>
${chart}
<p class="legend">${series.map(({ name, className }) => markup`<span><span class="swatch ${className}"></span><span>${name}</span></span>`)}</p></section>
`;
}

interface ChartLook {
  readonly height: number;
  readonly format: (value: number) => string;
  readonly isLog: boolean;
}

function lineChart(
  spans: readonly LoadSpan[],
  series: readonly Series[],
  { height, format, isLog }: ChartLook,
): Markup {
  const values = series.flatMap(({ figureOf }) => spans.map(figureOf)).filter((value) => value !== null);
  const most = Math.max(...values, 1e-3);
  const least = isLog ? Math.max(1e-3, Math.min(...values.filter((value) => value > 0), most / 10)) : 0;
  const share = (value: number) =>
    isLog
      ? (Math.log(Math.max(value, least)) - Math.log(least)) / (Math.log(most) - Math.log(least) || 1)
      : value / most;
  const y = (value: number) => 10 + (height - 40) * (1 - share(value));
  const x = timeScale(spans);
  const marks = [0, 0.25, 0.5, 0.75, 1].map((at) => (isLog ? least * (most / least) ** at : most * at));
  const paths = series.map(({ className, figureOf, name }) => {
    const points = spans.flatMap((span) => {
      const value = figureOf(span);
      if (value === null) return [];
      // A line of a single point is not seen, so that a span alone is as wide as it lasted.
      const { fromSecond, toSecond } = span;
      const moments = spans.length === 1 ? [fromSecond, toSecond] : [(fromSecond + toSecond) / 2];
      return moments.map((moment) => `${round(x(moment))} ${round(y(value))}`);
    });
    return points.length === 0
      ? null
      : markup`<path class="${className}" d="M${points.join('L')}"><title>${name}</title></path>`;
  });
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${series.map(({ name }) => name).join(', ')} over time">
${marks.map((value) => markup`<line x1="${left}" x2="${width - right}" y1="${round(y(value))}" y2="${round(y(value))}"></line><text x="${left - 8}" y="${round(y(value) + 4)}" text-anchor="end">${format(value)}</text>`)}
${paths}
${timeAxis(spans, height)}</svg>`;
}

/** Returns a heat map of latencies over time: the darker, the more. */
function heatSection(spans: readonly LoadSpan[]): Markup {
  const { from, to } = usedBands(spans);
  const height = 240;
  const rowHeight = (height - 40) / (to - from + 1);
  const x = timeScale(spans);
  const most = Math.max(1, ...spans.flatMap((span) => span.bands.map((count) => count / secondsOfSpan(span))));
  const cells = spans.flatMap((span) =>
    span.bands.slice(from, to + 1).flatMap((count, at) => {
      if (count === 0) return [];
      const opacity = (0.15 + 0.85 * Math.sqrt(count / secondsOfSpan(span) / most)).toFixed(2);
      const [start, end] = [x(span.fromSecond), x(span.toSecond)];
      return markup`<rect class="heat" x="${round(start)}" y="${round(10 + (to - from - at) * rowHeight)}" width="${round(Math.max(0.5, end - start))}" height="${round(rowHeight)}" fill-opacity="${opacity}"></rect>`;
    }),
  );
  const labels = [from, Math.round((from + to) / 2), to].map(
    (band) =>
      markup`<text x="${left - 8}" y="${round(10 + (to - band) * rowHeight + 4)}" text-anchor="end">${formatMs(latencyBands[band] ?? latencyBands.at(-1)!)}</text>`,
  );
  return markup`<section><h2>Where the latencies lay</h2>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Latencies over time; the darker, the more deliveries">${labels}${cells}${timeAxis(spans, height)}</svg></section>
`;
}

function histogramSection(spans: readonly LoadSpan[]): Markup {
  const { from, to } = usedBands(spans);
  const sums = latencyBands.concat(0).map((_, at) => spans.reduce((sum, { bands }) => sum + bands[at]!, 0));
  const shown = sums.slice(from, to + 1);
  const most = Math.max(1, ...shown);
  const height = 180;
  const column = (width - left - right) / shown.length;
  const bars = shown.map((count, at) => {
    const size = ((height - 40) * count) / most;
    const end = latencyBands[from + at];
    const title = end === undefined ? `more than ${formatMs(latencyBands.at(-1)!)}` : `up to ${formatMs(end)}`;
    return markup`<rect class="one" x="${round(left + at * column + 1)}" y="${round(height - 30 - size)}" width="${round(column - 2)}" height="${round(size)}"><title>${title}: ${count}</title></rect>${
      shown.length <= 14 || at % 2 === 0
        ? markup`<text x="${round(left + (at + 1) * column)}" y="${height - 12}" text-anchor="end">${formatMs(end ?? latencyBands.at(-1)!)}</text>`
        : null
    }`;
  });
  return markup`<section><h2>Latencies</h2>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Deliveries by latency"><text x="${left - 8}" y="20" text-anchor="end">${most}</text>${bars}</svg></section>
`;
}

function usedBands(spans: readonly LoadSpan[]): { readonly from: number; readonly to: number } {
  const used = latencyBands.concat(0).flatMap((_, at) => (spans.some(({ bands }) => bands[at]! > 0) ? [at] : []));
  return { from: used[0] ?? 0, to: used.at(-1) ?? 0 };
}

function timeScale(spans: readonly LoadSpan[]): (second: number) => number {
  const [start, end] = [spans[0]!.fromSecond, spans.at(-1)!.toSecond];
  return (second) => left + ((second - start) / (end - start || 1)) * (width - left - right);
}

function timeAxis(spans: readonly LoadSpan[], height: number): Markup[] {
  const [start, end] = [spans[0]!.fromSecond, spans.at(-1)!.toSecond];
  const x = timeScale(spans);
  return [0, 0.25, 0.5, 0.75, 1].map((at) => {
    const second = start + (end - start) * at;
    return markup`<text x="${round(x(second))}" y="${height - 8}" text-anchor="${at === 1 ? 'end' : 'middle'}">${Number(second.toFixed(1))} s</text>`;
  });
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
