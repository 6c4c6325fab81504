import type { LoadEnded, LoadFinding, LoadVerdict } from '../../core/load.js';
import { element, seconds } from '../suite/junitCase.js';
import { findingText } from './loadText.js';

/** A load as JUnit XML: a testcase for each thing that it had to keep. What can't be judged is an error. */
export function loadJunit(name: string, ended: LoadEnded, { findings }: LoadVerdict): string {
  const cases = findings.map((finding) =>
    element('testcase', { classname: name, name: caseName(finding), time: seconds(ended.seconds * 1000) }, [
      ...(finding.ok === false ? [element('failure', { message: findingText(finding) }, [])] : []),
      ...(finding.ok === null
        ? [element('error', { message: `Not judged, as this machine was the limit: ${findingText(finding)}` }, [])]
        : []),
    ]),
  );
  if (ended.interrupted) {
    cases.push(
      element('testcase', { classname: name, name: 'runs to its end', time: '0' }, [
        element('error', { message: 'The load was interrupted.' }, []),
      ]),
    );
  }
  const counts = {
    tests: cases.length,
    failures: findings.filter(({ ok }) => ok === false).length,
    errors: findings.filter(({ ok }) => ok === null).length + (ended.interrupted ? 1 : 0),
    skipped: 0,
  };
  const suite = element('testsuite', { name, ...counts, time: seconds(ended.seconds * 1000) }, cases);
  const whole = element('testsuites', { name: 'webhook-sim', ...counts, time: seconds(ended.seconds * 1000) }, [suite]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole.text}\n`;
}

function caseName({ name, baseline }: LoadFinding): string {
  return baseline === undefined ? name : `${name}, compared with the baseline`;
}
