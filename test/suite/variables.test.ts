import { describe, expect, it } from 'vitest';
import type { Captured } from '../support/capture.js';
import { answer, runJson } from './run.js';

const echo = ({ header, body }: Captured) => answer(200, body.toString('latin1'), { 'X-Echo': header('x-tell') ?? '' });
const send = 'send: scalev order.created';

describe('variables', () => {
  it('stand in any text of a case, in the target and in names', async () => {
    const { results, requests, exitCode } = await runJson(
      `
target: RECEIVER/\${stage}
vars: { stage: blue, number: 7, yes: true, event: order.created, path: data.status, from: env:FROM_HERE }
cases:
  - send: scalev \${event}
    name: the \${stage} one
    header: { X-Tell: "\${stage}/\${number}/\${yes}/\${from}" }
    set: { data.status: "\${stage}" }
    expect: { header: { x-echo: "blue/7/true/outside" }, body: { json: { data.status: "\${stage}" } } }
  - send: scalev \${event}
    to: RECEIVER/\${from}
`,
      { answer: echo, env: { FROM_HERE: 'outside' } },
    );
    expect(results.map(({ case: name, status, failures }) => [name, status, failures])).toEqual([
      ['the blue one', 'passed', []],
      ['scalev order.created', 'passed', []],
    ]);
    expect(requests.map(({ requestLine }) => requestLine)).toEqual(['POST /blue HTTP/1.1', 'POST /outside HTTP/1.1']);
    expect(exitCode).toBe(0);
  });

  it('leave other dollar signs alone; two of them stand for one before a brace', async () => {
    const { requests } = await runJson(
      `target: RECEIVER\nvars: { a: x }\ncases:\n  - { ${send}, header: { X-Tell: "$5 $$ $a \${a} $\${a} $$$\${a}" } }\n`,
    );
    expect(requests[0]!.header('x-tell')).toBe('$5 $$ $a x $[a] $$$[a]'.replaceAll(/\[a\]/g, () => '{a}'));
  });

  it('hold what earlier cases captured from JSON, headers, texts and what was sent', async () => {
    const answers = [
      answer(200, '{"order":{"id":17,"tags":["a"]}}', { 'X-Token': 'tok' }),
      answer(200, 'your number is 4711, thanks'),
      answer(200),
    ];
    const { requests, results, exitCode } = await runJson(
      `
target: RECEIVER
cases:
  - ${send}
    capture: { id: order.id, tags: { json: order.tags }, token: { header: x-token }, event: { sent: event } }
  - ${send}
    capture: { number: { matches: 'is (\\d+)' }, whole: { matches: 'is \\d+' } }
  - ${send}
    to: RECEIVER/\${id}
    header: { X-Tell: "\${id} \${tags} \${token} \${event} \${number} \${whole}" }
`,
      { answer: () => answers.shift()! },
    );
    expect(results.map(({ failures }) => failures)).toEqual([[], [], []]);
    expect(requests[2]!.header('x-tell')).toBe('17 ["a"] tok order.created 4711 is 4711');
    expect(requests[2]!.requestLine).toBe('POST /17 HTTP/1.1');
    expect(exitCode).toBe(0);
  });

  it('that are not captured fail the case that should, and leave out those that need them', async () => {
    const { results, requests, exitCode } = await runJson(
      `
target: RECEIVER
cases:
  - ${send}
    capture: { a: order.id, b: { header: x-b }, c: { matches: 'c=(.)' }, d: { sent: data.nothing } }
  - ${send}
    header: { X-Tell: "\${a}" }
  - ${send}
`,
      { answer: answer(200, '{}') },
    );
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', null],
      ['skipped', 'no earlier case captured a'],
      ['passed', null],
    ]);
    expect(results[0].failures).toEqual([
      { expectation: 'capture', message: "nothing to capture as a: order.id in the answer's JSON is missing" },
      { expectation: 'capture', message: 'nothing to capture as b: the header x-b is missing' },
      { expectation: 'capture', message: 'nothing to capture as c: a match of c=(.) in the answer is missing' },
      { expectation: 'capture', message: 'nothing to capture as d: data.nothing in what was sent is missing' },
    ]);
    expect([requests.length, exitCode]).toEqual([2, 1]);
  });

  it('are those of the nearest case before, also where cases run at once', async () => {
    let sent = 0;
    const suite = `
target: RECEIVER
concurrency: 10
cases:
  - { ${send}, name: a, capture: { id: id }, count: 20 }
  - { ${send}, name: b, header: { X-Tell: "b \${id}" } }
  - { ${send}, name: c, capture: { id: id } }
  - { ${send}, name: d, header: { X-Tell: "d \${id}" } }
  - { ${send}, name: e, header: { X-Tell: "e \${id}" } }
  - { ${send}, name: f, capture: { id: other } }
  - { ${send}, name: g, header: { X-Tell: "g \${id}" } }
`;
    // The first case ends long after the third, whose answer comes at once.
    const answers = () => answer(200, `{"id":${++sent}}`);
    const { requests, results } = await runJson(suite, { answer: answers });
    const captured = (name: string) => {
      const at = results.findIndex((result) => result.case === name);
      return results[at];
    };
    expect(captured('a').status).toBe('passed');
    const values = Object.fromEntries(
      requests.flatMap(({ header }) => (header('x-tell') ? [header('x-tell')!.split(' ')] : [])),
    );
    expect(values.b).not.toBe(values.d);
    expect(values.d).toBe(values.e);
    // What was not captured leaves what was captured before.
    expect(values.g).toBe(values.d);
    expect(captured('f').status).toBe('failed');
    expect(Number(values.b)).toBeGreaterThan(19);
  });

  it('are captured anew with each turn', async () => {
    let sent = 0;
    const { requests } = await runJson(
      `target: RECEIVER\ncases:\n  - { ${send}, repeat: 3, capture: { id: id } }\n  - { ${send}, header: { X-Tell: "\${id}" } }\n`,
      { answer: () => answer(200, `{"id":"n${++sent}"}`) },
    );
    expect(requests.map(({ header }) => header('x-tell'))).toEqual([undefined, undefined, undefined, 'n3']);
  });

  it('that a captured value spoils are a failure of the case, not of the suite', async () => {
    const { results, exitCode, stderr } = await runJson(
      `
target: RECEIVER
cases:
  - { ${send}, capture: { id: id } }
  - { ${send}, header: { X-Tell: "\${id}" } }
  - { ${send}, set: { data.total_quantity: "\${id}" } }
  - { check: scalev, to: demo, seed: 1, header: { X-Tell: "\${id}" } }
  - { ${send} }
`,
      { answer: answer(200, '{"id":"a\\nb"}') },
    );
    expect(results.map(({ status }) => status)).toEqual(['passed', 'failed', 'failed', 'failed', 'passed']);
    expect(results[1].failures).toEqual([
      { expectation: 'variables', message: expect.stringContaining('character that HTTP does not allow') },
    ]);
    expect(results[3].failures[0].expectation).toBe('variables');
    expect(exitCode).toBe(1);
    expect(stderr).not.toContain('bug');
  });

  it('never make a captured text name a variable of the environment', async () => {
    const { requests } = await runJson(
      `target: RECEIVER\ncases:\n  - { ${send}, capture: { id: id } }\n  - { ${send}, header: { X-Tell: "\${id}" } }\n`,
      { answer: answer(200, '{"id":"env:PRIVATE"}'), env: { PRIVATE: 'canary' } },
    );
    expect(requests[1]!.head).not.toContain('canary');
    expect(requests[1]!.header('x-tell')).toBe('env:PRIVATE');
  });

  it('may name the variable of the environment where the suite says so', async () => {
    const { requests } = await runJson(
      `target: RECEIVER\nvars: { stage: BLUE }\ncases:\n  - { ${send}, header: { X-Tell: "env:TOKEN_\${stage}" } }\n`,
      { env: { TOKEN_BLUE: 'tok' } },
    );
    expect(requests[0]!.header('x-tell')).toBe('tok');
  });

  it.each([
    ['--grep', '^d$'],
    ['--shard', '4/4'],
  ])('that a chosen case needs are captured: %s %s', async (...args) => {
    let sent = 0;
    const suite = `
target: RECEIVER
cases:
  - { ${send}, name: a, capture: { x: id } }
  - { ${send}, name: b, header: { X-Tell: "\${x}" }, capture: { y: id } }
  - { ${send}, name: c }
  - { ${send}, name: d, header: { X-Tell: "\${y}" } }
`;
    const { results, requests } = await runJson(suite, { answer: () => answer(200, `{"id":${++sent}}`), args });
    expect(results.map((result) => result.case)).toEqual(['a', 'b', 'd']);
    expect(requests[2]!.header('x-tell')).toBe('2');
  });
});
