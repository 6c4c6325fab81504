import { printable } from '../../core/printable.js';
import type { Failure, ResultEnded } from '../../core/suite.js';
import { failureLine, failureSummary, logTail } from './suiteTotals.js';
import { hasOddities, wireFacts } from './wireFacts.js';

/** XML that may be written as it is. Any other text is escaped on its way into a document. */
export class Xml {
  constructor(readonly text: string) {}
}

/** Characters that XML 1.0 can't hold, not even as a reference: controls, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Formats an element on separate lines; an attribute that is null is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  content: readonly (Xml | string)[] = [],
): Xml {
  const head = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${attributeText(String(value))}"`],
  );
  const start = `<${name}${head.join('')}`;
  if (content.length === 0) return new Xml(`${start}/>`);
  const inner = content.map((part) => (part instanceof Xml ? `\n${part.text}` : elementText(part)));
  const hasElements = content.some((part) => part instanceof Xml);
  return new Xml(`${start}>${inner.join('')}${hasElements ? '\n' : ''}</${name}>`);
}

/** A parser would make line ends and tabs of an attribute spaces. */
function attributeText(text: string): string {
  return elementText(text).replace(/[\t\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A parser would make a carriage return a line end. */
function elementText(text: string): string {
  return text
    .replace(forbidden, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)
    .replace(/[&<>"]/g, (char) => entities[char]!)
    .replaceAll('\r', '&#13;');
}

/** A case of a suite as a testcase, with earlier tries as Surefire writes them (`flakyFailure`, `rerunFailure`). */
export function junitCase(result: ResultEnded, file: string | null): Xml {
  const { suite, name, provider, place, status, reason, failures, earlier, durationMs } = result;
  const attributes = {
    name: withoutAttachmentMarks(printable(name)),
    classname: printable(provider === null ? suite : `${suite}.${provider}`),
    time: seconds(durationMs),
    file: file === null ? null : printable(file),
    line: file === null ? null : (place?.line ?? null),
  };
  const retry = status === 'flaky' ? 'flakyFailure' : 'rerunFailure';
  return element('testcase', attributes, [
    ...(status === 'skipped' ? [element('skipped', { message: withoutAttachmentMarks(printable(reason ?? '')) })] : []),
    ...(status === 'failed' ? [failed('failure', failures, ['', ...wireFacts(result)])] : []),
    ...earlier.map((each) => failed(retry, each, [])),
    ...output(result),
  ]);
}

/** GitLab shows nothing of a failed case but the text of its failure, so that has the facts too. */
function failed(tag: string, failures: readonly Failure[], more: readonly string[]): Xml {
  const type = failures[0]?.expectation ?? 'expectation';
  const text = [...failures.map(failureLine), ...more].join('\n').trimEnd();
  return element(tag, { message: withoutAttachmentMarks(failureSummary(failures)), type }, [
    withoutAttachmentMarks(text),
  ]);
}

function output(result: ResultEnded): Xml[] {
  if (result.status !== 'failed' && result.status !== 'flaky' && !hasOddities(result)) return [];
  const log = logTail(result.log);
  const lines = [...wireFacts(result), ...(log.length > 0 ? ['the receiver wrote:', ...log] : [])];
  return lines.length > 0 ? [element('system-out', {}, [withoutAttachmentMarks(lines.join('\n'))])] : [];
}

/** Some readers obey `[[ATTACHMENT|/path]]` in a text: a receiver could have them publish a file of the build machine. */
export function withoutAttachmentMarks(text: string): string {
  return text.replace(/\[\[(?=\w+\|)/g, '[ [');
}

/** Seconds with three decimals. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
