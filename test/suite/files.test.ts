import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { runJson } from './run.js';

const send = 'send: scalev order.created';
const suite = (path: string) => `target: RECEIVER/${path}\ncases:\n  - ${send}\n`;
const pathsOf = (requests: readonly { requestLine: string }[]) =>
  requests.map(({ requestLine }) => requestLine.split(' ')[1]);

/** Runs in a folder below the one of the files. */
async function runBelow(files: Readonly<Record<string, string>>, cwd: string, ...args: string[]) {
  const server = await captureServer();
  const placed = Object.entries(files).map(([name, text]) => [name, text.replaceAll('RECEIVER', server.url)]);
  const ran = await cli(['run', '--json', ...args], { cwd: join(folderOf(Object.fromEntries(placed)), cwd) });
  return { ...ran, paths: pathsOf(server.requests) };
}

describe('suites are found', () => {
  const files = {
    'b.webhooks.yaml': suite('b'),
    'a.webhooks.yml': suite('a'),
    'sub/c.webhooks.json': '{"target": "RECEIVER/c", "cases": [{"send": "scalev order.created"}]}',
    'sub/deep/d.webhooks.ts': `const target: string = 'RECEIVER/d';\nexport default { target, cases: [{ send: 'scalev order.created' }] };\n`,
    'sub/e.webhooks.mjs': `export default { target: 'RECEIVER/e', cases: [{ send: 'scalev order.created' }] };\n`,
    'node_modules/x/no.webhooks.yaml': suite('no'),
    'dist/no.webhooks.yaml': suite('no'),
    '.hidden/no.webhooks.yaml': suite('no'),
    'webhooks.yaml': suite('no'),
    'no.webhooks.yaml.bak': suite('no'),
    '1/2/3/4/5/6/7/8/9/no.webhooks.yaml': suite('no'),
  };

  it('from the working folder down, in the order of their names', async () => {
    const { paths, exitCode, json } = await runBelow(files, '.');
    expect(paths).toEqual(['/a', '/b', '/c', '/e', '/d']);
    expect(json.filter(({ type }) => type === 'result').map((result) => result.suite)).toEqual([
      'a.webhooks.yml',
      'b.webhooks.yaml',
      join('sub', 'c.webhooks.json'),
      join('sub', 'e.webhooks.mjs'),
      join('sub', 'deep', 'd.webhooks.ts'),
    ]);
    expect(exitCode).toBe(0);
  });

  it('in a folder below', async () => {
    expect((await runBelow(files, 'sub')).paths).toEqual(['/c', '/e', '/d']);
  });

  it('by folder, by file of any name, and none twice', async () => {
    expect((await runBelow(files, '.', 'sub/deep', 'webhooks.yaml', 'sub')).paths).toEqual(['/d', '/no', '/c', '/e']);
    expect((await runBelow(files, 'sub', '../b.webhooks.yaml', 'c.webhooks.json', './c.webhooks.json')).paths).toEqual([
      '/b',
      '/c',
    ]);
    expect((await runBelow(files, '.', '.hidden')).paths).toEqual(['/no']);
  });

  it('in a config, by name, from below it', async () => {
    const config = `
suites:
  nightly:
    target: RECEIVER/nightly
    cases: [{ ${send}, raw: body.txt }]
  weekly:
    target: RECEIVER/weekly
    cases:
      - ${send}
`;
    const all = { 'webhook-sim.config.yaml': config, 'body.txt': 'x', 'sub/a.webhooks.yaml': suite('a') };
    expect((await runBelow(all, 'sub')).paths).toEqual(['/nightly', '/weekly', '/a']);
    const { paths, json } = await runBelow(all, 'sub', 'weekly', 'nightly');
    expect(paths).toEqual(['/weekly', '/nightly']);
    expect(json.filter(({ type }) => type === 'result').map((each) => [each.suite, each.place])).toEqual([
      ['weekly', { line: 9, column: 9 }],
      ['nightly', { line: 5, column: 13 }],
    ]);
    const { stderr } = await runBelow(all, 'sub', 'nightyl');
    expect(stderr).toMatch(/There is no suite nightyl: .* Did you mean nightly\?/);
  });

  it('in a config that is a script', async () => {
    const config = `export default { suites: { nightly: { target: 'RECEIVER/n', cases: [{ send: 'scalev order.created' }] } } };`;
    const { paths, json } = await runBelow({ 'webhook-sim.config.ts': config }, '.');
    expect(paths).toEqual(['/n']);
    expect(json.find(({ type }) => type === 'result')).toMatchObject({ suite: 'nightly', place: null });
  });
});

describe('a suite in YAML', () => {
  it.each([
    ['line ends of Windows', `target: RECEIVER\r\ncases:\r\n  - ${send}\r\n    name: one\r\n`],
    ['a byte order mark', `\uFEFFtarget: RECEIVER\ncases:\n  - { ${send}, name: one }\n`],
    [
      'anchors and merge keys',
      `target: RECEIVER\ncases:\n  - &first { ${send}, name: two, expect: 200 }\n  - { <<: *first, name: one }\n`,
    ],
    [
      'several lines of text',
      `target: RECEIVER\ncases:\n  - send: >-\n      scalev\n      order.created\n    name: one\n`,
    ],
  ])('may have %s', async (_, text) => {
    const { results, exitCode, stderr } = await runJson(text);
    expect(stderr).not.toContain('webhook-sim:');
    expect(results.at(-1)).toMatchObject({ case: 'one', event: 'order.created', status: 'passed' });
    expect(exitCode).toBe(0);
  });

  it('tells where a case stands', async () => {
    const { results } = await runJson(
      `# smoke\n\ntarget: RECEIVER\ncases:\n  - ${send}\n  -   name: b\n      ${send}\n`,
    );
    expect(results.map(({ place }) => place)).toEqual([
      { line: 5, column: 5 },
      { line: 6, column: 7 },
    ]);
  });
});

describe('paths in a suite', () => {
  it('start from its folder, whatever the working folder', async () => {
    const server = await captureServer();
    const folder = folderOf({
      'suites/a.webhooks.yaml': `
target: ${server.url}
cases:
  - { ${send}, raw: bodies/one.txt, secret: file:secret.txt, header: { X-Own: env:OWN } }
  - { ${send}, data: bodies/two.json }
`,
      'suites/bodies/one.txt': 'one',
      'suites/bodies/two.json': '{"event":"order.created","unique_id":"two"}',
      'suites/secret.txt': 'first-secret',
      'suites/.env': 'OWN=from-the-file\n',
    });
    mkdirSync(join(folder, 'elsewhere'));
    const { exitCode, stderr } = await cli(['run', '../suites', '-q'], { cwd: join(folder, 'elsewhere') });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(server.requests[0]!.body.toString()).toBe('one');
    expect(server.requests[0]!.header('x-own')).toBe('from-the-file');
    // echo -n one | openssl dgst -sha256 -hmac first-secret -binary | base64
    expect(server.requests[0]!.header('x-scalev-hmac-sha256')).toBe('EJ6b9V7so0hq7ks9/Cr70gC1EurMl+9xRnuSEeMqcyU=');
    expect(server.requests[1]!.body.toString()).toContain('"unique_id":');
  });

  it('of the command line start from the working folder', async () => {
    const folder = folderOf({
      'suites/a.webhooks.yaml': `target: http://127.0.0.1:1\ncases:\n  - ${send}\n`,
      'here/x': '',
    });
    const { stderr } = await cli(['run', '../suites', '--cacert', 'mine.pem'], { cwd: join(folder, 'here') });
    expect(stderr).toContain(`${join(folder, 'here', 'mine.pem')}: there is no such file`);
  });

  it('of reports start from the working folder, and make the folders that they need', async () => {
    const folder = folderOf({ 'suites/a.webhooks.yaml': `target: demo\ncases:\n  - ${send}\n`, 'here/x': '' });
    await cli(['run', '../suites', '--report', 'json=out/deep/run.jsonl'], { cwd: join(folder, 'here') });
    expect(() => writeFileSync(join(folder, 'here/out/deep/run.jsonl'), '', { flag: 'r+' })).not.toThrow();
  });
});

describe('the target of a case', () => {
  const text = `target: RECEIVER/suite\ncases:\n  - ${send}\n  - { ${send}, to: RECEIVER/case }\n`;
  const config =
    'target: main\ntargets: { main: RECEIVER/config, staging: { url: "RECEIVER/staging/{provider}/{event}", header: { X-Own: "1" } } }\n';

  it.each<[string, string, Record<string, string>, string[], string]>([
    ['the suite', text, {}, [], '/suite'],
    ['the environment before the suite', text, { WEBHOOK_SIM_TARGET: 'RECEIVER/environment' }, [], '/environment'],
    [
      '--to before the environment',
      text,
      { WEBHOOK_SIM_TARGET: 'http://127.0.0.1:1' },
      ['--to', 'RECEIVER/flag'],
      '/flag',
    ],
    ['the config where the suite has none', text.replace(/^target.*\n/, ''), {}, [], '/config'],
    ['a name of the config', text.replace('RECEIVER/suite', 'staging'), {}, [], '/staging/scalev/order.created'],
    ['--to with a name', text, {}, ['--to', 'staging'], '/staging/scalev/order.created'],
  ])('comes from %s; its own is before all', async (_, suiteText, env, args, path) => {
    const server = await captureServer();
    const placed = (value: string) => value.replaceAll('RECEIVER', server.url);
    const cwd = folderOf({ 'a.webhooks.yaml': placed(suiteText), 'webhook-sim.config.yaml': placed(config) });
    const vars = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, placed(value)]));
    const { exitCode } = await cli(['run', ...args.map(placed)], { cwd, env: vars });
    expect(pathsOf(server.requests)).toEqual([path, '/case']);
    expect(server.requests[0]!.header('x-own')).toBe(path.startsWith('/staging') ? '1' : undefined);
    expect(exitCode).toBe(0);
  });
});

describe('what all cases have', () => {
  const mute = 'timeout: 100ms';

  it('comes from defaults, then the command line, then the case itself', async () => {
    const { results } = await runJson(
      `
target: RECEIVER
defaults: { timeout: 9m, header: { X-A: "1", X-B: "1" }, expect: 404 }
cases:
  - { ${send}, header: { X-B: "2" } }
  - { ${send}, expect: 200, timeout: 7m }
  - { check: scalev, to: demo, only: plain }
`,
      { args: ['--timeout', '8m'] },
    );
    expect(results.map(({ status }) => status)).toEqual(['failed', 'passed', 'passed']);
  });

  it.each([
    [`defaults: { timeout: 30s }\ncases:\n  - ${send}\n`, ['--timeout', '100ms']],
    [`defaults: { ${mute} }\ncases:\n  - ${send}\n`, []],
    [`defaults: { timeout: 30s }\ncases:\n  - { ${send}, ${mute} }\n`, ['--timeout', '30s']],
  ])('holds for the time limit: %j %j', async (text, args) => {
    const { results, exitCode } = await runJson(`target: RECEIVER\n${text}`, { answer: '', args });
    expect(results[0].failures[0].message).toMatch(/^not accepted: timed out .* 100 ms/);
    expect(exitCode).toBe(4);
  });

  it('holds for headers', async () => {
    const { requests } = await runJson(
      `target: RECEIVER\ndefaults: { header: { X-A: "1", X-B: "1" } }\ncases:\n  - { ${send}, header: { X-B: "2" } }\n  - ${send}\n`,
    );
    expect(requests.map(({ header }) => [header('x-a'), header('x-b')])).toEqual([
      ['1', '2'],
      ['1', '1'],
    ]);
  });

  it('holds for addresses that --resolve gives', async () => {
    const { requests, exitCode } = await runJson(
      `
cases:
  - { ${send}, to: "http://some.test:PORT/" }
  - { ${send}, to: "http://other.test:PORT/", resolve: { other.test: 127.0.0.1 } }
`,
      { args: ['--resolve', 'some.test=127.0.0.1'] },
    );
    expect(requests.map(({ header }) => header('host')?.split(':')[0])).toEqual(['some.test', 'other.test']);
    expect(exitCode).toBe(0);
  });
});
