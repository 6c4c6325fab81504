import { Chalk, type ChalkInstance } from 'chalk';
import type { CaseClass, CaseEnded, CheckEnded, Finding, Verdict } from '../../core/check.js';
import { printable, wrap } from '../../core/printable.js';
import { padText, textWidth } from '../../core/textWidth.js';
import { buildReporter, lineWidth, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';
import { countOddities, describeOddities, describeWarning } from '../shared/words.js';

interface TableOptions extends TextStyle {
  readonly columns: number;
}

/** The heading of the cases of a class. */
export const classTitles: Record<CaseClass, string> = {
  'must-accept': 'Must be accepted',
  'must-reject': 'Must be rejected with 4xx',
  'must-not-break': 'Must not break it',
};

const signs = {
  unicode: { passed: '✓', finding: '✗', remark: '!', not_judged: '?', left_out: '–' },
  ascii: { passed: 'ok', finding: 'FAIL', remark: 'note', not_judged: '?', left_out: '-' },
} as const;

const nameWidth = 22;
const observedWidth = 15;
/** Lines on what was odd on the wire that are shown below a case. */
const maxOddities = 5;

/** Writes a table of the cases, grouped by class, as they end, and the findings and the grade below it. */
export function checkTable(write: Writer, style: TextStyle): Reporter {
  const options = { ...style, columns: lineWidth(style, 80) };
  const paint = new Chalk({ level: options.colour ? 1 : 0 });
  const row = rowFormatter(paint, options);
  const advised = adviceFormatter(paint, options);
  const odd = ({ deliveries }: CaseEnded) =>
    deliveries
      .flatMap(describeOddities)
      .slice(0, maxOddities)
      .map((line) => paint.dim(`    ${line}`));
  let group: CaseClass | null = null;
  const unjudged: CaseEnded[] = [];
  const flush = () => (unjudged.length > 0 ? row(together(unjudged.splice(0))) : []);
  const print = (lines: readonly string[]) => {
    if (lines.length > 0) write(`${lines.join('\n')}\n`);
  };
  return buildReporter({
    warning: (event) => print([...flush(), paint.yellow(describeWarning(event))]),
    case(event) {
      const lines = event.class === group && event.reason === unjudged[0]?.reason ? [] : flush();
      if (event.class !== group) lines.push(...(group === null ? [] : ['']), paint.bold(classTitles[event.class]));
      group = event.class;
      if (event.verdict === 'not_judged') unjudged.push(event);
      else lines.push(...row(event), ...odd(event), ...advised(event));
      print(lines);
    },
    'check-summary': (event) => print([...flush(), ...summary(event, paint, options)]),
  });
}

/** Cases that were not judged for one reason, as one row. */
function together(cases: readonly CaseEnded[]): CaseEnded {
  const names = cases.map(({ name }) => name);
  return { ...cases[0]!, name: names.length > 3 ? `${names.length} cases` : names.join(', ') };
}

/** Returns a function that formats the row of a case: mark, name, what was sent, the answer. */
function rowFormatter(paint: ChalkInstance, { columns, unicode }: TableOptions): (event: CaseEnded) => string[] {
  const sign = signs[unicode ? 'unicode' : 'ascii'];
  const markWidth = unicode ? 1 : 4;
  const indent = 2 + markWidth + 1 + nameWidth;
  const sentWidth = Math.max(20, columns - indent - observedWidth - 2);
  return ({ verdict, leftOut, name, sent, observed, reason }) => {
    const isUnjudged = verdict === 'not_judged';
    const kind = leftOut ? 'left_out' : verdict;
    const left = isUnjudged
      ? wrap(`${leftOut ? 'left out' : 'not judged'}: ${reason}`, sentWidth + observedWidth + 1)
      : wrap(sent, sentWidth);
    const right = isUnjudged ? [] : wrap(observed, observedWidth);
    const head = `  ${tint(paint, kind)(sign[kind].padEnd(markWidth))} ${padText(printable(name), nameWidth)}`;
    const isLong = textWidth(name) > nameWidth;
    const cells = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
      const start = i === 0 && !isLong ? head : ' '.repeat(indent);
      const text = padText(printable(left[i] ?? ''), isUnjudged ? 0 : sentWidth);
      return `${start} ${isUnjudged ? paint.dim(text) : text} ${printable(right[i] ?? '')}`.trimEnd();
    });
    return isLong ? [head, ...cells] : cells;
  };
}

function tint(paint: ChalkInstance, kind: Verdict | 'left_out'): ChalkInstance {
  return {
    passed: paint.green,
    finding: paint.red,
    remark: paint.yellow,
    not_judged: paint.yellow,
    left_out: paint.dim,
  }[kind];
}

/** Returns a function that formats the advice on a case that did not pass; it is not repeated for the next case. */
function adviceFormatter(paint: ChalkInstance, options: TableOptions): (event: CaseEnded) => string[] {
  const last = { why: '', fix: '' };
  return ({ verdict, reason, why, fix }) => {
    const isBad = verdict === 'finding' || verdict === 'remark';
    if (!isBad && !options.verbose) return [];
    const lines = isBad && !/^\w+( with)? \d{3}$/.test(reason) ? labelled('what', reason, options) : [];
    if (why !== last.why) lines.push(...labelled('why', why, options));
    if (fix !== last.fix) lines.push(...labelled('fix', fix, options));
    Object.assign(last, { why, fix });
    return lines.map((line) => paint.dim(line));
  };
}

function labelled(label: string, text: string, { columns, unicode }: TableOptions): string[] {
  const indent = ' '.repeat(unicode ? 6 : 9);
  const lines = wrap(printable(text), columns - indent.length - 6);
  return lines.map((line, i) => `${indent}${i === 0 ? `${label}:`.padEnd(6) : '      '}${line}`);
}

function summary(event: CheckEnded, paint: ChalkInstance, options: TableOptions): string[] {
  const { counts, findings, remarks, grade, gradeReason, incomplete, leftOut } = event;
  const withRemarks =
    grade === 'A' && counts.remark > 0 ? `, with ${counts.remark} ${counts.remark === 1 ? 'remark' : 'remarks'}` : '';
  const words: [number, string][] = [
    [counts.passed, 'passed'],
    [counts.finding, counts.finding === 1 ? 'finding' : 'findings'],
    [counts.remark, counts.remark === 1 ? 'remark' : 'remarks'],
    [counts.not_judged, 'not judged'],
    [leftOut, 'left out'],
  ];
  const parts = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const colour = counts.finding > 0 || incomplete !== null ? paint.red : paint.green;
  return [
    '',
    ...findings.flatMap((finding) => findingLines(finding, paint.red.bold(`Finding: ${finding.name}`), paint, options)),
    ...remarks.flatMap((each) => findingLines(each, paint.yellow.bold(`Remark: ${each.name}`), paint, options)),
    ...(incomplete === null || grade === null
      ? []
      : wrap(`Too little could be judged: ${incomplete}.`, options.columns)),
    colour(paint.bold(grade === null ? `Not graded: ${gradeReason}` : `Grade ${grade}${withRemarks}: ${gradeReason}`)),
    [...parts, ...countOddities(event)].join(', '),
  ];
}

function findingLines(
  { title, why, fix, cases }: Finding,
  head: string,
  paint: ChalkInstance,
  options: TableOptions,
): string[] {
  const shown = cases.length > 6 ? `${cases.slice(0, 6).join(', ')} and ${cases.length - 6} more` : cases.join(', ');
  return [
    head,
    ...wrap(printable(title), options.columns - 2).map((line) => `  ${paint.bold(line)}`),
    ...labelled('why', why, options),
    ...labelled('fix', fix, options),
    ...labelled('seen', printable(shown), options),
    '',
  ];
}
