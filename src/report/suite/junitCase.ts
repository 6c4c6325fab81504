import { printable } from '../../core/printable.js';
import type { Failure, ResultEnded } from '../../core/suite.js';
import { failureLine, failureSummary } from './failureText.js';
import { logTail } from './logTail.js';
import { hasOddities, wireFacts } from './wireFacts.js';
import { element, type Xml } from './xml.js';

/** A case of a suite as a testcase, with earlier tries as Surefire writes them (`flakyFailure`, `rerunFailure`). */
export function junitCase(result: ResultEnded, file: string | null): Xml {
  const { suite, name, provider, place, status, reason, failures, earlier, durationMs } = result;
  const attributes = {
    name: inert(printable(name)),
    classname: printable(provider === null ? suite : `${suite}.${provider}`),
    time: seconds(durationMs),
    file: file === null ? null : printable(file),
    line: file === null ? null : (place?.line ?? null),
  };
  const retry = status === 'flaky' ? 'flakyFailure' : 'rerunFailure';
  return element('testcase', attributes, [
    ...(status === 'skipped' ? [element('skipped', { message: inert(printable(reason ?? '')) })] : []),
    ...(status === 'failed' ? [failed('failure', failures, ['', ...wireFacts(result)])] : []),
    ...earlier.map((each) => failed(retry, each, [])),
    ...output(result),
  ]);
}

/** GitLab shows nothing of a failed case but the text of its failure, so that has the facts too. */
function failed(tag: string, failures: readonly Failure[], more: readonly string[]): Xml {
  const type = failures[0]?.expectation ?? 'expectation';
  const text = [...failures.map(failureLine), ...more].join('\n').trimEnd();
  return element(tag, { message: inert(failureSummary(failures)), type }, [inert(text)]);
}

function output(result: ResultEnded): Xml[] {
  if (result.status !== 'failed' && result.status !== 'flaky' && !hasOddities(result)) return [];
  const log = logTail(result.log);
  const lines = [...wireFacts(result), ...(log.length > 0 ? ['the receiver wrote:', ...log] : [])];
  return lines.length > 0 ? [element('system-out', {}, [inert(lines.join('\n'))])] : [];
}

/** Some readers obey `[[ATTACHMENT|/path]]` in a text: a receiver could have them publish a file of the build machine. */
export function inert(text: string): string {
  return text.replace(/\[\[(?=\w+\|)/g, '[ [');
}

/** Seconds with three decimals. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
