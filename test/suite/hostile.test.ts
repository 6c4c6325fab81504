import { describe, expect, it } from 'vitest';
import { answering, rudeServer } from '../support/rude.js';
import { answer, runJson, runSuite } from './run.js';

const send = 'send: scalev order.created';
/** Controls but the line feed, and what reorders or hides text. */
const unsafe =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
const evil = Buffer.from('\u001b[2J\u001b]0;x\u0007\r\n\u202eabc\u2028\u0000\u009b', 'utf8').toString('latin1');

const suite = `
target: RECEIVER
cases:
  - ${send}
  - { ${send}, expect: { body: x } }
  - { ${send}, expect: { header: { x-evil: x } } }
  - { ${send}, expect: { body: { matches: ^never$ } } }
  - { ${send}, capture: { id: { matches: "[^]+" } } }
  - { ${send}, set: { data.status: "\${id}" }, expect: { body: { json: { a: 1 } } } }
  - { ${send}, set: { data.total_quantity: "\${id}" } }
  - { ${send}, count: 3 }
`;

describe('an answer of controls and tricks', () => {
  it.each([[[]], [['-v']], [['--json']], [['--rerun-failed', '1']], [['--report', 'json=-']]])(
    'never reaches a terminal as it is: %j',
    async (args) => {
      const evilAnswer = answer(500, evil, { 'X-Evil': Buffer.from('\u202eabc\u009b').toString('latin1') });
      const { stdout, stderr, exitCode } = await runSuite(suite, { answer: evilAnswer, args });
      expect(stdout + stderr).not.toMatch(unsafe);
      expect(stdout + stderr).not.toMatch(/\n\s+at |this is a bug/);
      expect(exitCode).toBe(1);
    },
  );
});

describe('a huge answer', () => {
  it('is told in a few short lines', async () => {
    const huge = answer(500, 'x'.repeat(1_500_000), { 'X-Evil': 'y'.repeat(8000) });
    const text = suite.replace('- { send: scalev order.created, count: 3 }', '');
    const { stdout } = await runSuite(text, { answer: huge });
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThan(40);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(510);
  });

  it('is searched no longer than half a second by a pattern that would need years', async () => {
    const many = answer(200, `${'a'.repeat(60_000)}!`);
    const text = `
target: RECEIVER
cases:
  - { ${send}, expect: { body: { matches: "^(a+)+$" } } }
  - { ${send}, capture: { id: { matches: "^(a+)+$" } } }
  - { ${send}, expect: { body: { matches: "a{5}!$" } } }
`;
    const started = performance.now();
    const { results } = await runJson(text, { answer: many });
    expect(results.map(({ status }) => status)).toEqual(['failed', 'failed', 'passed']);
    expect(results[0].failures[0].message).toMatch(
      /^the body is "aaa.*…", and \/\^\(a\+\)\+\$\/u takes too long on it$/,
    );
    expect(results[1].failures[0].message).toMatch(/^nothing to capture as id: /);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('of JSON without end is no JSON', async () => {
    const server = await rudeServer(
      answering(`HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n${'{"a":'.repeat(12_000)}`),
    );
    const { results, stderr } = await runJson(
      `target: "${server.url}"\ncases:\n  - { ${send}, expect: { body: { json: { a: 1 } } }, capture: { a: a } }\n`,
    );
    expect(results[0].failures.map(({ message }: { message: string }) => message)).toEqual([
      'the body is not JSON',
      "nothing to capture as a: a in the answer's JSON is missing",
    ]);
    expect(stderr).not.toContain('bug');
  });
});
