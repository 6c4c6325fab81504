import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'webhook-sim bad ünput '));
  writeFileSync(join(cwd, 'broken.json'), '{"a": 1,\n  "b": }');
  writeFileSync(join(cwd, 'empty.json'), '');
  writeFileSync(join(cwd, 'good.json'), '{"event":"order.created"}');
  writeFileSync(join(cwd, 'latin1.json'), Buffer.from([0x22, 0xe9, 0x22]));
  mkdirSync(join(cwd, 'folder'));
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const send = ['send', 'scalev', 'order.created'];

/** The arguments, and what the one message on stderr must say. */
const table: readonly [argv: string[], message: RegExp][] = [
  [['send'], /missing required argument 'provider'/],
  [['send', 'scalev'], /Which event of Scalev\? One of order\.created, .*; or --all\./],
  [['send', 'scalew', 'order.created'], /There is no provider scalew\. Did you mean scalev\?/],
  [['send', 'scalev', 'order.craeted'], /Scalev has no event order\.craeted\. Did you mean order\.created/],
  [['send', 'scalev', 'nothing.*'], /No event of Scalev matches nothing\.\*/],
  [['send', 'scalev', 'order.created', '--all'], /--all sends every event, so name none/],
  [[...send, '--variant', 'legacy'], /no variant legacy\. Did you mean legacy-2025\?/],
  [['send', 'scalev', 'order.updated', '--variant', 'legacy-2025'], /order\.updated has no variant legacy-2025/],
  [[...send, '--to', 'ftp://localhost/x'], /can't be sent to ftp:/],
  [[...send, '--to', 'http://'], /not an address/],
  [[...send, '--to', ''], /target is empty/],
  [[...send, '--to', 'localhost:99999'], /not an address/],
  [[...send, '--to', 'localhost:0'], /port/],
  [[...send, '--to', 'stagging'], /no target named stagging/],
  [[...send, '--to', 'demmo'], /Did you mean demo\?/],
  [[...send, '--secret', ''], /secret .*is empty/i],
  [[...send, '--secret', 'env:NOT_SET_ANYWHERE'], /no variable NOT_SET_ANYWHERE/],
  [[...send, '--secret', 'file:missing.txt'], /missing\.txt.*can't be read \(ENOENT\)/],
  [[...send, '--secret', 'file:empty.json'], /file:empty\.json is empty/],
  [[...send, '--timeout', '5'], /--timeout: "5" is not a duration/],
  [[...send, '--timeout', '-5s'], /is not a duration|argument missing/],
  [[...send, '--timeout', '0s'], /--timeout: 0s is not between/],
  [[...send, '--timeout', '900d'], /--timeout: 900d is not between/],
  [[...send, '--count', '0'], /--count: "0" is not a whole number/],
  [[...send, '--count', '1.5'], /--count: "1\.5" is not a whole number/],
  [[...send, '--count', 'many'], /--count: "many" is not a whole number/],
  [[...send, '--concurrency', '0'], /--concurrency: "0" is not a whole number/],
  [[...send, '--concurrency', '100000'], /--concurrency: "100000" is not a whole number from 1 to 1000/],
  [[...send, '--expect', '2x'], /--expect: "2x" is not a status/],
  [[...send, '--expect', '600'], /--expect: "600" is not a status/],
  [[...send, '--expect', ''], /--expect: "" is not a status/],
  [[...send, '--seed', 'abc'], /--seed: "abc" is not a whole number/],
  [[...send, '--now', 'yesterday'], /--now: "yesterday" is not a time/],
  [[...send, '--now', '2026-13-45'], /--now: "2026-13-45" is not a time/],
  [[...send, '--fresh', 'some'], /--fresh: "some" is neither ids nor all/],
  [[...send, '--fresh', 'all', '--exact'], /--exact renews nothing/],
  [[...send, '-H', 'no colon'], /has no name and colon/],
  [[...send, '-H', ': value'], /has no name and colon/],
  [[...send, '-H', 'X-A: one\r\nX-B: two'], /character that HTTP does not allow/],
  [[...send, '-H', 'X-A: \u0000'], /character that HTTP does not allow/],
  [[...send, '-H', 'X-A: ✓'], /character that HTTP does not allow/],
  [[...send, '-H', 'X A: 1'], /is not a header name/],
  [[...send, '-H', 'Transfer-Encoding: chunked'], /Transfer-Encoding is set by HTTP itself/],
  [[...send, '-H', 'content-length: 3'], /content-length is set by HTTP itself/],
  [[...send, '-H', 'Expect: 100-continue'], /Expect is set by HTTP itself/],
  [[...send, '--data', 'missing.json'], /missing\.json: there is no such file/],
  [[...send, '--data', 'empty.json'], /empty\.json is empty/],
  [[...send, '--data', 'broken.json'], /broken\.json is not JSON.*line 2, column 8/],
  [[...send, '--data', 'latin1.json'], /latin1\.json is not JSON.*not UTF-8/],
  [[...send, '--data', 'folder'], /folder: it is a folder/],
  [[...send, '--raw', 'folder'], /folder: it is a folder/],
  [[...send, '--data', '-', '--raw', '-'], /Standard input|two bodies/],
  [[...send, '--data', '-', '--secret', '-'], /Standard input \(-\) can be read only once/],
  [[...send, '--data', 'good.json', '--set', 'event=x'], /--set and --unset change the sample/],
  [[...send, '--raw', 'good.json', '--unset', 'event'], /--set and --unset change the sample/],
  [[...send, '--set', 'data.status'], /has no "="/],
  [[...send, '--set', '=x'], /path/],
  [[...send, '--set', 'data.statsu=paid'], /no data\.statsu\. Did you mean data\.status/],
  [[...send, '--set', 'data.orderlines[9].quantity=1'], /no data\.orderlines\[9\]/],
  [[...send, '--set', 'data.total_quantity=many'], /data\.total_quantity is a number/],
  [[...send, '--set', 'data.is_probably_spam=maybe'], /data\.is_probably_spam is a boolean/],
  [[...send, '--set', 'data.customer_id:={'], /needs JSON/],
  [[...send, '--set', '__proto__.polluted=1'], /no __proto__/],
  [[...send, '--set', 'data.constructor.prototype.polluted=1'], /no data\.constructor/],
  [[...send, '--unset', 'data.nothing'], /no data\.nothing/],
  [[...send, '--frobnicate'], /unknown option '--frobnicate'/],
  [[...send, '--quite'], /unknown option '--quite'.*Did you mean --quiet\?/s],
  [['sned', 'scalev', 'order.created'], /unknown command 'sned'.*Did you mean send\?/s],
  [['list', 'scalew'], /There is no provider scalew/],
  [['list', 'scalev', 'more'], /too many arguments/],
  [['show', 'scalev', 'order.craeted'], /has no event order\.craeted/],
  [['show', 'scalev', 'order.created', '--variant', 'nope'], /has no variant nope/],
  [['sign', 'scalev', 'missing.json'], /missing\.json: there is no such file/],
];

describe('bad input', () => {
  it.each(table)('%j', async (argv, message) => {
    const server = await captureServer();
    const aimed = argv[0] === 'send' && !argv.includes('--to') ? [...argv, '--to', server.url] : argv;
    const { exitCode, stdout, stderr } = await cli(aimed, { cwd, stdin: '{"event":"x"}' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^webhook-sim: /);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr.trim().split('\n').length, stderr).toBeLessThanOrEqual(3);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(server.requests).toEqual([]);
  });

  it('never pollutes a prototype', async () => {
    await cli([...send, '--set', '__proto__.polluted:=1', '--dry-run'], { cwd });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('never echoes a secret that stands in a header or address', async () => {
    const canary = 'CANARY-7f3a';
    for (const argv of [
      [...send, '-H', `Authorization Bearer ${canary}`],
      [...send, '-H', `Authorization: Bearer ${canary}\r\nX: y`],
      [...send, '--to', `http://user:${canary}@localhost:99999/`],
      [...send, '--to', `ftp://user:${canary}@localhost/`],
    ]) {
      const { stdout, stderr, exitCode } = await cli(argv, { cwd });
      expect(exitCode).toBe(2);
      expect(stdout + stderr).not.toContain(canary);
    }
  });
});
