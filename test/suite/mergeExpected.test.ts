import { describe, expect, it } from 'vitest';
import { mergeExpected } from '../../src/suite/suiteKeys.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

describe('what a case expects', () => {
  it.each([
    [{ status: '2xx', maxMs: 100 }, { body: 'ok' }, { status: '2xx', maxMs: 100, body: 'ok' }],
    [{ status: '2xx', maxMs: 100 }, 401, { status: 401, maxMs: 100 }],
    [{ status: '2xx', maxMs: 100 }, { outcome: 'timed_out' }, { outcome: 'timed_out', maxMs: 100 }],
    [{ header: { 'X-A': '1', 'X-B': '2' } }, { header: { 'x-a': '3' } }, { header: { 'X-B': '2', 'x-a': '3' } }],
    [
      { body: { contains: 'a', json: { id: 1, ok: true } } },
      { body: { json: { id: 2 } } },
      { body: { contains: 'a', json: { id: 2, ok: true } } },
    ],
    [200, undefined, 200],
    [undefined, 401, 401],
  ] as const)('%j and %j are %j', (defaults, own, expected) => {
    expect(mergeExpected(defaults, own)).toEqual(expected);
  });

  it('keeps what the defaults demand beside it', async () => {
    const { url } = await captureServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    const suite = `defaults: { expect: { body: { contains: missing } } }\ncases: [{ send: scalev order.created, expect: { status: 200 } }]\n`;
    const cwd = folderOf({ 'a.yaml': suite });
    const { exitCode, stdout } = await cli(['run', 'a.yaml', '--to', url], { cwd });
    expect(stdout).toContain('missing');
    expect(exitCode).toBe(1);
  });
});
