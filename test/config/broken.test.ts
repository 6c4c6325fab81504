import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const yaml = 'webhook-sim.config.yaml';
const json = 'webhook-sim.config.json';
const ts = 'webhook-sim.config.ts';
const mjs = 'webhook-sim.config.mjs';

/** A file, what it holds, and the one complaint about it. */
const table: readonly [file: string, text: string, complaint: string | RegExp][] = [
  [yaml, 'targt: local\n', `${yaml}:1:1: targt: unknown key. Did you mean target or targets?`],
  [
    yaml,
    'target: demo\ntargets:\n  staging:\n    ulr: localhost:1\n    url: localhost:1\n',
    `${yaml}:4:5: targets.staging.ulr: unknown key. Did you mean url?`,
  ],
  [yaml, 'targets:\n  staging: { allowRemote: true }\n', `${yaml}:2:3: targets.staging.url: is missing.`],
  [
    yaml,
    'targets:\n  staging: 3000\n',
    `${yaml}:2:3: targets.staging: is a number, but must be an address or an object with a url.`,
  ],
  [
    yaml,
    'targets:\n  staging:\n',
    `${yaml}:2:3: targets.staging: is empty, but must be an address or an object with a url.`,
  ],
  [
    yaml,
    'target: staging\ntargets: { stagin: localhost:1 }\n',
    `${yaml}:1:1: target: there is no such target. Did you mean stagin?`,
  ],
  [
    yaml,
    'target: ftp://example.com\n',
    /^webhook-sim\.config\.yaml:1:1: target: A webhook can't be sent to ftp:\. Write an http/,
  ],
  [
    yaml,
    'targets: { demo: localhost:1 }\n',
    `${yaml}:1:12: targets.demo: is the name of the built-in receiver. Take another.`,
  ],
  [
    yaml,
    'targets: { "a b": localhost:1 }\n',
    `${yaml}:1:12: targets.a b: is not a name: a letter, then letters, digits, - and _.`,
  ],
  [
    yaml,
    'targets: { a: "localhost:1/{provder}" }\n',
    /targets\.a: the URL: unknown placeholder \{provder\} in .* Did you mean provider\?$/,
  ],
  [yaml, 'targets: { a: localhost:99999 }\n', /:1:12: targets\.a: "localhost:99999" is not an address to send to\./],
  [yaml, 'secrets:\n  scalew: env:A\n', `${yaml}:2:3: secrets.scalew: unknown key. Did you mean scalev?`],
  [
    yaml,
    'secrets:\n  scalev: CANARY-1\n',
    /^webhook-sim\.config\.yaml:2:3: secrets\.scalev: a secret does not belong in a file that is shared\. Write where it is found: env:NAME or file:PATH\.$/,
  ],
  [yaml, 'secrets:\n  scalev:\n    - env:A\n    - CANARY-1\n', /:4:7: secrets\.scalev\[1\]: a secret does not belong/],
  [yaml, 'secrets:\n  scalev: []\n', `${yaml}:2:3: secrets.scalev: is an empty list.`],
  [
    yaml,
    'secrets:\n  scalev: 12345678\n',
    `${yaml}:2:3: secrets.scalev: is a number, but must be env:NAME, file:PATH or a list of them.`,
  ],
  [
    yaml,
    'targets:\n  a:\n    url: localhost:1\n    header:\n      Authorization: Bearer CANARY-1\n',
    /:5:7: targets\.a\.header\.Authorization: the value of this header is a secret .* Write env:NAME\.$/,
  ],
  [
    yaml,
    'targets:\n  a:\n    url: localhost:1\n    header: { "X A": b }\n',
    /:4:15: targets\.a\.header\.X A: "X A" is not a header name/,
  ],
  [
    yaml,
    'targets:\n  a: http://me:CANARY-1@localhost:1/\n',
    /:2:3: targets\.a: a password does not belong in a file that is shared\./,
  ],
  [
    yaml,
    'targets:\n  a: { url: "localhost:1", proxy: "http://me:CANARY-1@proxy:1" }\n',
    /targets\.a\.proxy: a password does not belong .* HTTPS_PROXY\.$/,
  ],
  [
    yaml,
    'targets:\n  a: { url: "localhost:1", proxy: "socks5://proxy:1" }\n',
    /targets\.a\.proxy: is not the URL of a proxy\. Write http:\/\/host:port, or none\.$/,
  ],
  [
    yaml,
    'targets:\n  a: { url: "localhost:1", resolve: { example.com: nowhere } }\n',
    /:2:39: targets\.a\.resolve\.example\.com: "nowhere" is not an IP address/,
  ],
  [
    yaml,
    'targets:\n  a: { url: "localhost:1", insecure: "yes" }\n',
    /targets\.a\.insecure: is text, but must be true or false\.$/,
  ],
  [yaml, 'timeout: 5\n', `${yaml}:1:1: timeout: must be a duration with its unit, such as 5s.`],
  [yaml, 'timeout: 2d\n', `${yaml}:1:1: timeout: time limit: 2d is not between 1ms and 24h.`],
  [
    yaml,
    'timeouts:\n  scalev: soon\n',
    /:2:3: timeouts\.scalev: time limit: "soon" is not a duration\. Write a number and a unit/,
  ],
  [yaml, 'report: { colour: true }\n', `${yaml}:1:11: report.colour: unknown key. Known: json, verbose, quiet.`],
  [yaml, 'report:\n', `${yaml}:1:1: report: is empty, but must be an object.`],
  [yaml, '- target\n', `${yaml}: is a list, but must be an object.`],
  [yaml, 'target: "demo\n', /^webhook-sim\.config\.yaml:2:1: is not YAML: /],
  [yaml, 'target: demo\n\tkey: 1\n', /^webhook-sim\.config\.yaml:2:1: is not YAML: /],
  [yaml, 'target: demo\ntarget: demo\n', `${yaml}:2:1: is not YAML: Map keys must be unique.`],
  [yaml, 'targets:\n  a: { url: x, url: y }\n', `${yaml}:2:16: is not YAML: Map keys must be unique.`],
  [yaml, 'target: *nothing\n', /^webhook-sim\.config\.yaml: is not YAML: Unresolved alias/],
  [json, '{"target": "demo",}', /^webhook-sim\.config\.json:1:19: is not JSON: expected a key in quotes/],
  [
    json,
    '{\n  "target": "demo",\n  "timeuot": "5s"\n}',
    `${json}:3:3: timeuot: unknown key. Did you mean timeout or timeouts?`,
  ],
  [json, '', /^webhook-sim\.config\.json:1:1: is not JSON: /],
  [
    ts,
    'export default { secrets: { scalev: "CANARY-1" } };',
    /^webhook-sim\.config\.ts: secrets\.scalev: a secret does not belong/,
  ],
  [ts, 'export const config = {};', `${ts}: has no default export. Write: export default defineConfig({ … })`],
  [ts, 'const a: number = 1;\n\nthrow new TypeError("no good");', `${ts}:3:7: can't be loaded: TypeError: no good`],
  [ts, 'export default {', /^webhook-sim\.config\.ts: can't be loaded: SyntaxError: /],
  [ts, 'import "./missing.ts";\nexport default {};', /^webhook-sim\.config\.ts: can't be loaded: .*missing\.ts/],
  [mjs, 'throw new TypeError("no good");', `${mjs}:1:7: can't be loaded: TypeError: no good`],
  [mjs, 'export default () => ({});', `${mjs}: is a function, but must be an object.`],
];

describe('a broken config', () => {
  it.each(table)('%s with %j', async (file, text, complaint) => {
    const server = await captureServer();
    const cwd = folderOf({ [file]: text });
    const { exitCode, stdout, stderr } = await cli(['send', 'scalev', 'order.created', '--to', server.url], { cwd });
    const message = stderr.replace(/^webhook-sim: /, '').trimEnd();
    if (typeof complaint === 'string') expect(message).toBe(complaint);
    else expect(message).toMatch(complaint);
    expect(stderr).not.toContain('CANARY');
    expect(stderr).toMatch(/^webhook-sim: /);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(server.requests).toEqual([]);
  });

  it('has all its faults told at once', async () => {
    const cwd = folderOf({ [yaml]: 'tmeout: 5s\nsecrets: { nobody: env:A }\nreport: { json: 1 }\n' });
    const { stderr } = await cli(['config'], { cwd });
    expect(stderr.split('\n').length - 1).toBe(3);
  });

  it('is named with its folder where that is another one, and by --config as one that does not exist', async () => {
    const cwd = folderOf({ [yaml]: 'x: 1\n', 'below/empty': '' });
    const { stderr } = await cli(['config'], { cwd: join(cwd, 'below') });
    expect(stderr).toMatch(`webhook-sim: ${join(cwd, yaml)}:1:1: x: unknown key.`);
    const missing = await cli(['send', 'scalev', 'order.created', '--config', 'missing.yaml'], { cwd });
    expect(missing).toMatchObject({
      exitCode: 2,
      stderr: 'webhook-sim: missing.yaml: there is no such config. Write one with: webhook-sim init\n',
    });
    expect((await cli(['config', '--config', 'below'], { cwd })).stderr).toContain('below: is a folder, not a config.');
    expect((await cli(['config', '--config', 'below/empty'], { cwd })).stderr).toContain('is not one of .ts, .mts');
  });

  it('is not chosen from two in one folder', async () => {
    const cwd = folderOf({ [yaml]: '', [ts]: '' });
    const { exitCode, stderr } = await cli(['config'], { cwd });
    expect(stderr).toBe(`webhook-sim: ${ts} and ${yaml} are both in ${cwd}. Keep one, or name the one to read.\n`);
    expect(exitCode).toBe(2);
    expect((await cli(['config', '--config', yaml], { cwd })).exitCode).toBe(0);
  });

  it('pollutes no prototype', async () => {
    const cwd = folderOf({ [json]: '{"__proto__":{"polluted":1},"secrets":{"constructor":"env:A"}}' });
    expect(await cli(['config'], { cwd })).toMatchObject({ exitCode: 2 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
