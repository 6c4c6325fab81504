import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { runSuite } from './run.js';

const send = 'send: scalev order.created';
/** A first case that is right: nothing of it may be sent where another one is wrong. */
const right = `target: RECEIVER\ncases:\n  - ${send}\n`;
const wrong = (text: string) => `${right}  - ${text}\n`;

/** A suite, and the message after the name of its file. */
const suites: readonly [suite: string, message: RegExp][] = [
  // Keys and values.
  [`${right}retries: 3\n`, /^:4:1: retries: unknown key\. Known: \$schema, target, /],
  [wrong(`{ ${send}, expcet: 200 }`), /^:4:35: cases\[1\]\.expcet: unknown key\. Did you mean expect or exact\?/],
  [
    wrong(`{ ${send}, expect: { stauts: 200 } }`),
    /^:4:45: cases\[1\]\.expect\.stauts: unknown key\. Did you mean status\?/,
  ],
  [wrong(`{ ${send}, expect: { body: { josn: {} } } }`), /^:4:53: .*body\.josn: unknown key\. Did you mean json\?/],
  [wrong(`{ ${send}, count: many }`), /count: is text, but must be a number/],
  [wrong(`{ ${send}, count: 0 }`), /count: is less than 1/],
  [wrong(`{ ${send}, count: 1.5 }`), /count: must be a whole number/],
  [
    wrong(`{ ${send}, expect: { status: null } }`),
    /expect\.status: is empty, but must be a status, a class such as 2xx, or a list; where no answer is to come, write outcome: timed_out/,
  ],
  [wrong(`{ ${send}, expect: { status } }`), /expect\.status: is empty, but must be a status/],
  [wrong(`{ ${send}, expect: { outcome: null } }`), /expect\.outcome: must be accepted, rejected, timed_out, /],
  [wrong(`{ ${send}, expect: { maxMs: null } }`), /expect\.maxMs: is empty, but must be a number/],
  [wrong(`{ ${send}, expect: { body: null } }`), /expect\.body: is empty, but must be a text or \{ equals, /],
  [wrong(`{ ${send}, expect: { body: { contains: null } } }`), /expect\.body\.contains: is empty, but must be text/],
  [wrong(`{ ${send}, expect: {2xx} }`), /expect: needs quotes, or YAML takes it for an object: '\{2xx\}'/],
  [wrong(`{ ${send}, expect: }`), /expect: is empty, but must be a status or \{ status, /],
  [wrong(`{ ${send}, expect: { header: { a: {} } } }`), /expect\.header\.a: demands nothing/],
  [wrong(`{ ${send}, expect: { body: {} } }`), /expect\.body: demands nothing/],
  [wrong(`{ ${send}, expect: { body: { json: {} } } }`), /expect\.body\.json: demands nothing/],
  [wrong(`{ ${send}, expect: { maxMs: 0 } }`), /expect\.maxMs: must be more than 0/],
  [
    wrong(`{ ${send}, expect: { outcome: ok } }`),
    /expect\.outcome: must be accepted, rejected, timed_out, broken or unreachable\./,
  ],
  [wrong(`{ ${send}, capture: { id: { jsno: a } } }`), /capture\.id\.jsno: unknown key\. Did you mean json/],
  [`target: RECEIVER\ncases: []\n`, /^:2:1: cases: is an empty list/],
  [`target: RECEIVER\n`, /cases: is missing/],
  ['', /cases: is missing/],
  ['- send: scalev order.created\n', /is a list, but must be an object/],
  // What a case does.
  [wrong(`{ ${send}, check: scalev }`), /^:4:5: cases\[1\]: must have exactly one of send/],
  [wrong(`{ name: nothing }`), /^:4:5: cases\[1\]: must have exactly one of send/],
  [wrong(`{ ${send}, only: plain }`), /^:4:35: cases\[1\]\.only: says nothing in a send\. Leave it out/],
  [wrong('{ check: scalev, count: 3 }'), /^:4:22: cases\[1\]\.count: says nothing in a check\. Leave it out/],
  [wrong('{ check: scalev, capture: { a: b } }'), /capture: says nothing in a check/],
  [wrong('{ check: scalev, expect: { maxMs: 200 } }'), /expect: maxMs says nothing of a check: write grade, status/],
  [wrong(`{ ${send}, expect: { grade: A } }`), /expect: grade says nothing of a send: write status, outcome/],
  // Names.
  [
    wrong('send: scalew order.created'),
    /^:4:5: scalew order\.created: There is no provider scalew\. Did you mean scalev/,
  ],
  [wrong('send: scalev order.craeted'), /^:4:5: .* Scalev has no event order\.craeted\. Did you mean order\.created/],
  [wrong('send: scalev'), /Which event of Scalev\?/],
  [wrong('send: scalev nothing.*'), /No event of Scalev matches nothing\.\*/],
  [wrong('check: scalev order.*'), /stands for several events/],
  [wrong('check: scalew'), /There is no provider scalew/],
  [
    wrong(`{ ${send}, forge: wrong-secrt, expect: 401 }`),
    /There is no forgery wrong-secrt\. Did you mean wrong-secret/,
  ],
  [wrong(`{ ${send}, variant: nosuch }`), /no variant nosuch/],
  [wrong(`{ ${send}, to: stagging }`), /^:4:5: scalev order\.created: There is no target named stagging/],
  [wrong(`{ ${send}, to: "http://127.0.0.1:99999" }`), /is not an address to send to/],
  [
    wrong(`{ ${send}, to: "http://127.0.0.1/\${nosuch}" }`),
    /^:4:5: .*there is no variable \$\{nosuch\} here\. The suite has none/,
  ],
  [
    `vars: { token: x }\n${wrong(`{ ${send}, header: { a: "\${tokne}" } }`)}`,
    /there is no variable \$\{tokne\} here\. Did you mean token/,
  ],
  [`vars: { a-b: x }\n${right}`, /: vars: "a-b" is not a name/],
  [`vars: { token: env:NOT_SET }\n${right}`, /: vars\.token: the environment has no variable NOT_SET/],
  [`target: "http://\${host}/"\ncases:\n  - ${send}\n`, /: target: there is no variable \$\{host\} here/],
  // What may not stand there.
  [
    wrong(`{ ${send}, secret: whsec_abc }`),
    /secret: a secret does not belong in a file that is shared\. Write where it is found: env:NAME/,
  ],
  [
    wrong(`{ ${send}, header: { Authorization: Bearer abc } }`),
    /^:4:45: cases\[1\]\.header\.Authorization: the value of this header is a secret and does not belong/,
  ],
  [
    `defaults: { header: { X-Api-Key: abc } }\n${right}`,
    /defaults\.header\.X-Api-Key: the value of this header is a secret/,
  ],
  [
    wrong(`{ ${send}, to: "https://user:word@example.com/" }`),
    /to: a password does not belong in a file that is shared/,
  ],
  [`target: "https://user:word@example.com/"\ncases:\n  - ${send}\n`, /target: a password does not belong/],
  [wrong(`{ ${send}, proxy: "http://user:word@example.com:1/" }`), /proxy: a password does not belong/],
  [wrong(`{ ${send}, header: { "X A": b } }`), /header\.X A: "X A" is not a header name/],
  [wrong(`{ ${send}, header: { Content-Length: "3" } }`), /is set by HTTP itself/],
  [wrong(`{ ${send}, header: { X-A: env:NOT_SET } }`), /^:4:5: .*header\.X-A: the environment has no variable NOT_SET/],
  [wrong(`{ ${send}, secret: env:NOT_SET }`), /no variable NOT_SET/],
  [wrong(`{ ${send}, secret: file:missing.txt }`), /missing\.txt: there is no such file/],
  // Expectations.
  [wrong(`{ ${send}, expect: 2x }`), /^:4:5: scalev order\.created: expect\.status: "2x" is not a status/],
  [wrong(`{ ${send}, expect: { status: [200, abc] } }`), /expect\.status: "200,abc" is not a status/],
  [wrong(`{ ${send}, expect: { status: 700 } }`), /is more than 599/],
  [wrong(`{ ${send}, expect: { header: { a: { matches: "(" } } } }`), /expect\.header\.a: Invalid regular expression/],
  [wrong(`{ ${send}, expect: { body: { matches: "[" } } }`), /expect\.body: Invalid regular expression/],
  [wrong(`{ ${send}, expect: { body: { json: { a: { matches: "(" } } } } }`), /expect\.body\.json\.a: Invalid regular/],
  [wrong(`{ ${send}, expect: { body: { json: { "a..b": 1 } } } }`), /"a\.\.b" is not a path/],
  [wrong(`{ ${send}, expect: { body: { json: { a: { contains: 5 } } } } }`), /json\.a\.contains must be text/],
  [
    wrong(`{ ${send}, expect: { body: { json: { a: { absent: yes please } } } } }`),
    /json\.a\.absent must be true or false/,
  ],
  [
    wrong(`{ ${send}, expect: { header: { a: { absent: true, equals: b } } } }`),
    /header\.a: absent leaves nothing for equals to check/,
  ],
  [
    wrong(`{ ${send}, expect: { outcome: timed_out, status: 200 } }`),
    /outcome timed_out leaves no answer for status to check/,
  ],
  [
    wrong(`{ ${send}, expect: { outcome: unreachable, body: x } }`),
    /outcome unreachable leaves no answer for body to check/,
  ],
  [wrong('{ send: scalev order.*, capture: { id: a } }'), /captures need a case of one event, and this one has \d+/],
  [wrong(`{ ${send}, capture: { a-b: c } }`), /capture: "a-b" is not a name/],
  [wrong(`{ ${send}, capture: { a: "b..c" } }`), /"b\.\.c" is not a path/],
  [wrong(`{ ${send}, capture: { a: { matches: "(" } } }`), /capture\.a: Invalid regular expression/],
  // What the flags of the command reject.
  [wrong(`{ ${send}, timeout: 5 }`), /timeout: is a number, but must be text/],
  [wrong(`{ ${send}, timeout: "5" }`), /"5" is not a duration/],
  [wrong(`{ ${send}, set: { data.statsu: paid } }`), /no data\.statsu\. Did you mean data\.status/],
  [wrong(`{ ${send}, set: { data.total_quantity: many } }`), /data\.total_quantity is a number/],
  [wrong(`{ ${send}, unset: data.nothing }`), /no data\.nothing/],
  [wrong(`{ ${send}, data: missing.json }`), /missing\.json: there is no such file/],
  [wrong(`{ ${send}, data: smoke.webhooks.yaml }`), /is not JSON/],
  [wrong(`{ ${send}, data: a.json, raw: b.json }`), /two bodies/],
  [wrong(`{ ${send}, dialect: pyton }`), /no style pyton\. Did you mean python/],
  [wrong(`{ ${send}, now: yesterday }`), /"yesterday" is not a time/],
  [wrong(`{ ${send}, cacert: missing.pem }`), /missing\.pem: there is no such file/],
  [wrong('{ check: scalev, only: nosuch }'), /nosuch/],
  [wrong('{ check: scalev, to: "https://example.com/hook" }'), /example\.com/],
  // No YAML.
  ['cases: [', /:1:9: is not YAML: /],
  ['cases:\n  - send: a\n    send: b\n', /:3:5: is not YAML: Map keys must be unique/],
  ['cases: *nowhere\n', /is not YAML: /],
  [
    `target: demo\ncases:\n  - &a [${'x,'.repeat(20)}]\n${'  - [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'.repeat(40)}`,
    /is not YAML: Excessive alias count|must be an object/,
  ],
];

const files: readonly [name: string, text: string, message: RegExp][] = [
  ['bad.webhooks.json', '{"cases": [\n  nope]}', /^bad\.webhooks\.json:2:3: is not JSON: /],
  [
    'bad.webhooks.json',
    '{"cases": [{"send": "scalev order.created", "expcet": 200}]}',
    /^bad\.webhooks\.json:1:45: cases\[0\]\.expcet: unknown key/,
  ],
  ['bad.webhooks.ts', 'export const suite = {};', /^bad\.webhooks\.ts: has no default export/],
  ['bad.webhooks.ts', 'export default {', /^bad\.webhooks\.ts: can't be loaded: SyntaxError/],
  ['bad.webhooks.ts', 'throw new Error("oops")', /^bad\.webhooks\.ts:1:\d+: can't be loaded: Error: oops/],
  [
    'bad.webhooks.ts',
    'export default { cases: [{ send: 5 }] }',
    /^bad\.webhooks\.ts: cases\[0\]\.send: is a number, but must be text/,
  ],
  ['bad.webhooks.mjs', 'export default 5', /^bad\.webhooks\.mjs: is a number, but must be an object/],
];

const flags: readonly [args: readonly string[], message: RegExp][] = [
  [
    ['missing.webhooks.yaml'],
    /^There is no suite missing\.webhooks\.yaml: no such file, and no such name in a config\./,
  ],
  [['smok.webhooks.yaml'], /Did you mean smoke\.webhooks\.yaml\?/],
  [['smoke.txt'], /smoke\.txt: is not one of \.ts, /],
  [['empty'], /^There is no suite \(\*\.webhooks\.yaml, \.json, \.ts\) in empty/],
  [['--config', 'missing.yaml'], /missing\.yaml: there is no such config/],
  [['--grep', '('], /^--grep: Invalid regular expression/],
  [['--grep', 'nothing'], /^--grep: no case matches nothing\. There are scalev order\.created\./],
  ...['0/3', '4/3', '1', 'a/b', '1/0', ''].map((part): [string[], RegExp] => [
    ['--shard', part],
    /^--shard: ".*" is not a part of a run\. Write 1\/3/,
  ]),
  [['--concurrency', '0'], /^--concurrency: "0" is not a whole number from 1 to 1000/],
  [['--bail', '0'], /^--bail: "0" is not a whole number/],
  [
    ['--bail', 'smoke.webhooks.yaml'],
    /^--bail: "smoke\.webhooks\.yaml" is not a whole number\. Write --bail after the suites, or --bail=1/,
  ],
  [['--rerun-failed', '-1'], /^--rerun-failed: "-1" is not a whole number/],
  [['--rerun-failed', '101'], /^--rerun-failed: "101" is not a whole number from 0 to 100/],
  [['--public-url', 'shop.example.com'], /--public-url is not a URL of http or https/],
  [['--serve-keys', '0'], /Scalev has no public key: the receiver holds the same secret/],
  [['--max-latency', '500ms'], /^--max-latency: "500ms" is not a limit\. Write p95=500ms/],
  [['--max-latency', 'p96=5s'], /p96.*Did you mean p95/],
  [['--max-latency', 'p95=5'], /^--max-latency: "5" is not a duration/],
  [['--min-accepted', '100'], /^--min-accepted: "100" is not a share\. Write 100%/],
  [['--min-accepted', '101%'], /is not a share/],
  [['--min-coverage', 'all'], /^--min-coverage: "all" is not a share/],
  [['--report', 'pdf=x'], /^--report: there is no report pdf\./],
  [['--report', 'json'], /^--report json: write json=FILE/],
  [['--report', 'json='], /^--report json: write json=FILE/],
  [['--report', 'json=empty'], /^--report json=empty can't be written \(EISDIR\)/],
  [['--report', 'json=smoke.webhooks.yaml/x'], /can't be written \(E(NOTDIR|EXIST)\)/],
  [['--report', 'github=x'], /^--report github goes where GitHub reads it/],
  [['--report', 'json=-', '--json'], /^Only one report can go to stdout/],
  [['--wait', '5'], /^--wait: "5" is not a duration/],
  [['--wait-for', 'health'], /^--wait-for: "health" is neither a path nor a URL/],
  [['--timeout', '5'], /"5" is not a duration/],
  [['--to', 'stagging'], /There is no target named stagging/],
  [['--to', ''], /target is empty/],
  [['--cacert', 'missing.pem'], /missing\.pem: there is no such file/],
  [['--cert', 'missing.pem'], /missing\.pem: there is no such file/],
  [['--key', 'missing.pem'], /--key is the key of a certificate\. Name that with cert/],
  [['--proxy', 'ftp://127.0.0.1'], /ftp:\/\/ proxies are not supported/],
  [['--unix-socket', ''], /the path is empty/],
  [['--resolve', 'example.test'], /--resolve example\.test: there is no host/],
  [['--no-keep-alive=yes'], /unknown option '--no-keep-alive=yes'/],
  [['--insecure=yes'], /unknown option '--insecure=yes'/],
  [['--coverage=1'], /unknown option '--coverage=1'/],
  [['--list=1'], /unknown option '--list=1'/],
  ...['no-github', 'no-log', 'json', 'quiet', 'verbose'].map((flag): [string[], RegExp] => [
    [`--${flag}=yes`],
    new RegExp(`unknown option '--${flag}=yes'`),
  ]),
  [['--frobnicate'], /unknown option '--frobnicate'/],
  [['--'], /^There is no command after --\. Write the one that starts the receiver/],
  [['--', 'no-such-program-anywhere'], /no-such-program-anywhere|Another program is already there/],
];

async function rejected(suite: string, options: Parameters<typeof runSuite>[1] = {}): Promise<string> {
  const { exitCode, stdout, stderr, requests } = await runSuite(suite, options);
  expect(stderr).toMatch(/^webhook-sim: /);
  expect(stderr).not.toMatch(/\n\s+at |this is a bug/);
  expect(stdout).toMatch(options.args?.includes('--json') ? /^\{"schemaVersion":1,"type":"error"/ : /^$/);
  expect(exitCode).toBe(2);
  expect(requests).toEqual([]);
  return stderr.slice('webhook-sim: '.length).trimEnd();
}

describe('nothing is sent, and the exit code is 2, where a mistake stands', () => {
  it.each(suites)('in a suite: %s', async (suite, message) => {
    const text = await rejected(suite);
    expect(text).toMatch(/^smoke\.webhooks\.yaml/);
    expect(text.slice('smoke.webhooks.yaml'.length)).toMatch(message);
  });

  it.each(files)('in %s: %s', async (name, text, message) => {
    expect(await rejected(right, { files: { [name]: text } })).toMatch(message);
  });

  it.each(flags)('in a flag: %j', async (args, message) => {
    expect(await rejected(right, { args, files: { 'smoke.txt': 'x', 'empty/x': '' } })).toMatch(message);
  });

  it('in each flag', async () => {
    const { stdout } = await cli(['run', '--help']);
    const long = [...stdout.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag!);
    expect(long.length).toBeGreaterThan(20);
    const tried = flags.flatMap(([args]) => args.map((word) => word.split('=')[0]));
    expect(long.filter((flag) => flag !== '--help' && !tried.includes(flag))).toEqual([]);
  });

  it('where nobody names a target', async () => {
    const message = await rejected('cases:\n  - send: scalev order.created\n');
    expect(message).toMatch(/^smoke\.webhooks\.yaml:2:5: scalev order\.created: no target\. Write "target: http:/);
  });

  it('where there is no suite', async () => {
    const { exitCode, stdout, stderr } = await runSuite('', { args: ['empty'], files: { 'empty/x': '' } });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('no suite');
  });

  it('in the suites of a config', async () => {
    const config =
      'suites:\n  nightly:\n    target: demo\n    cases:\n      - send: scalev order.created\n        foo: 1\n';
    expect(await rejected(right, { files: { 'webhook-sim.config.yaml': config } })).toMatch(
      /^webhook-sim\.config\.yaml:6:9: suites\.nightly\.cases\[0\]\.foo: unknown key\./,
    );
  });

  it('with all that is wrong in a file, up to a number', async () => {
    const message = await rejected(wrong(`{ ${send}, a1: 1, a2: 2, a3: 3, a4: 4, a5: 5, a6: 6, a7: 7 }`));
    expect(message.split('\n')).toHaveLength(6);
    expect(message).toMatch(/\nand 2 more\.$/);
  });
});
