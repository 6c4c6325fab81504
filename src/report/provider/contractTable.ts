import { Chalk, type ChalkInstance } from 'chalk';
import type {
  ContractCheckEnded,
  ContractEnded,
  ContractProblem,
  RecordedFact,
  RequestRecorded,
} from '../../core/contract.js';
import { printable, wrap } from '../../core/printable.js';
import { buildReporter, lineWidth, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';

const signs = {
  unicode: { pass: '✓', fail: '✗', warn: '!', skip: '–' },
  ascii: { pass: 'ok', fail: 'FAIL', warn: 'warn', skip: 'skip' },
};

/** Writes the checks of each provider as they end, with problems and remedies under each, and the result below. */
export function contractTable(write: Writer, style: TextStyle): Reporter {
  const paint = new Chalk({ level: style.colour ? 1 : 0 });
  const sign = signs[style.unicode ? 'unicode' : 'ascii'];
  const columns = lineWidth(style, 110);
  const width = style.unicode ? 1 : 4;
  const row = (verdict: ContractCheckEnded['verdict'], text: string) =>
    `  ${tint(paint, verdict)(sign[verdict].padEnd(width))} ${printable(text)}`;
  let provider: string | null = null;
  let skipped = 0;
  const flush = () => {
    if (skipped > 0) write(`${row('skip', `${counted(skipped, 'check')} more, once the description fits`)}\n`);
    skipped = 0;
  };
  return buildReporter({
    'provider-check'(event) {
      if (event.description !== provider) {
        flush();
        write(`${provider === null ? '' : '\n'}${title(event, paint)}\n`);
        provider = event.description;
      }
      if (event.verdict === 'skip') {
        skipped++;
        return;
      }
      const indent = ' '.repeat(width + 5);
      const rows = event.problems.flatMap((problem) =>
        wrap(problemText(problem), columns - indent.length).map((line, at) => `${indent}${at > 0 ? '  ' : ''}${line}`),
      );
      write(`${[row(event.verdict, event.title), ...rows].join('\n')}\n`);
    },
    'provider-recorded'(event) {
      const indent = ' '.repeat(width + 5);
      const rows = recordedRows(event).flatMap(([verdict, message]) => {
        const [first = '', ...rest] = wrap(printable(message), columns - width - 3);
        return [row(verdict, first), ...rest.map((line) => `${indent}${line}`)];
      });
      write(`${[title(event, paint), ...rows].join('\n')}\n`);
      provider = '';
    },
    'provider-test-summary'(event) {
      flush();
      write(`\n${summary(event, paint)}\n`);
    },
  });
}

function title(
  { provider, description }: Pick<ContractCheckEnded, 'provider' | 'description'>,
  paint: ChalkInstance,
): string {
  return `${paint.bold(printable(provider))}  ${paint.dim(printable(description))}`;
}

const factVerdicts: Record<RecordedFact['verdict'], ContractCheckEnded['verdict']> = {
  confirmed: 'pass',
  differs: 'warn',
  unproven: 'skip',
};

/** More paths are not shown; a JSON line has them all. */
const maxPaths = 12;

/** Returns a row for each fact of a description that a recorded request proves or contradicts. */
function recordedRows({
  on,
  facts,
  fields,
  written,
  reason,
}: RequestRecorded): [ContractCheckEnded['verdict'], string][] {
  const rows = facts.map(({ fact, verdict, message }): [ContractCheckEnded['verdict'], string] => [
    factVerdicts[verdict],
    `${fact}: ${message}`,
  ]);
  if (fields) {
    const { sample, confirmed, missing, unknown, otherTypes } = fields;
    rows.push(['pass', `${counted(confirmed, 'field')} of the sample ${sample} confirmed`]);
    if (missing.length > 0) rows.push(['warn', `not in the request: ${formatPaths(missing)}`]);
    if (unknown.length > 0) rows.push(['warn', `not in the sample: ${formatPaths(unknown)}`]);
    if (otherTypes.length > 0) rows.push(['warn', `of another type: ${formatPaths(otherTypes)}`]);
  }
  const genuine = facts.some(({ fact, verdict }) => fact === 'signature' && verdict === 'differs') ? 'fail' : 'warn';
  if (reason !== null) rows.push([genuine, `No vector was written: ${reason}`]);
  else rows.push(['pass', `Recorded on ${on}: ${written.join(', ')}. See that it holds nothing private.`]);
  return rows;
}

function formatPaths(paths: readonly string[]): string {
  const more = paths.length - maxPaths;
  return `${paths.slice(0, maxPaths).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A problem on one line, behind the place where it is. */
function problemText({ file, line, column, message }: ContractProblem): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  return printable(place === '' ? message : `${place}: ${message}`);
}

function tint(paint: ChalkInstance, verdict: ContractCheckEnded['verdict']): ChalkInstance {
  return { pass: paint.green, fail: paint.red, warn: paint.yellow, skip: paint.dim }[verdict];
}

function summary({ providers, failed, counts, ok, strict }: ContractEnded, paint: ChalkInstance): string {
  const words: [number, string][] = [
    [counts.pass, 'passed'],
    [counts.fail, 'failed'],
    [counts.warn, counts.warn === 1 ? 'warning' : 'warnings'],
    [counts.skip, 'not made'],
  ];
  const parts = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const total = counts.pass + counts.fail + counts.warn + counts.skip;
  const head = `${counted(providers, 'provider')}, ${counted(total, 'check')}${parts.length > 0 ? ': ' : ''}${parts.join(', ')}`;
  const why = !ok && strict && counts.fail === 0 ? ' (strict: warnings fail)' : '';
  const names = failed.length > 0 && providers > 1 ? `\nNot as it has to be: ${printable(failed.join(', '))}` : '';
  return (ok ? paint.green : paint.red)(paint.bold(`${head}${why}`)) + names;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
