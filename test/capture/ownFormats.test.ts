import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import type { Delivery } from '../../src/core/delivery.js';
import { toCurl } from '../../src/export/curl.js';
import { rawHttp } from '../../src/export/rawHttp.js';
import { requestText } from '../../src/report/run/details.js';
import { harRequest } from '../../src/report/shared/harEntry.js';
import { dryRunLine } from '../../src/report/shared/jsonLines.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const name = fc.stringMatching(/^X-[A-Z][a-z]{1,8}$/);
const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const delivery = fc
  .record({
    body: fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      // U+FFFD has a note of its own.
      fc
        .oneof(fc.string({ unit: 'grapheme' }), fc.json())
        .filter((text) => !text.includes('\ufffd'))
        .map((text) => Buffer.from(text)),
    ),
    headers: fc.uniqueArray(fc.tuple(name, value), { maxLength: 4, selector: ([key]) => key.toLowerCase() }),
    path: fc.stringMatching(/^\/[a-z0-9/.~%20-]{0,10}(\?[a-z]=[a-z0-9'%20]{0,8})?$/),
    method: fc.constantFrom('POST', 'PUT', 'GET'),
    framing: fc.constantFrom('length' as const, 'chunked' as const),
  })
  .map(
    ({ body, headers, path, method, framing }): Delivery => ({
      ...{ id: 'i', provider: 'p', event: 'e', variant: null, forge: null, secretHeaders: [], secretParameters: [] },
      ...{ method, url: `http://localhost:3000${path}`, headers, body, framing },
    }),
  );

/** Writers of a delivery, by format. */
const written: Readonly<Record<string, (delivery: Delivery) => string | Uint8Array>> = {
  'dry run in JSON': dryRunLine,
  curl: (each) => toCurl(each),
  'raw HTTP': rawHttp,
  HAR: (each) => JSON.stringify({ log: { entries: [{ request: harRequest(each) }] } }),
};

describe('what is written can be read back to the same bytes', () => {
  it.each(Object.entries(written))('%s', async (_, write) => {
    await fc.assert(
      fc.asyncProperty(delivery, async (each) => {
        const { request, notes } = await readCapture(Buffer.from(write(each) as Uint8Array), {
          source: 'it',
          having: [],
        });
        expect(Buffer.from(request.body).toString('hex')).toBe(Buffer.from(each.body).toString('hex'));
        expect(request.method).toBe(each.method);
        expect(new URL(request.url).href).toBe(new URL(each.url).href);
        for (const [key, text] of each.headers) expect(request.headers).toContainEqual([key, text]);
        expect(notes).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('a dry run as text', async () => {
    const text = fc.json().map((json) => Buffer.from(json));
    await fc.assert(
      fc.asyncProperty(delivery, text, async (each, body) => {
        const { request } = await readCapture(Buffer.from(requestText({ ...each, body, framing: 'length' })), {
          source: 'it',
          having: [],
        });
        expect(Buffer.from(request.body).toString()).toBe(body.toString());
      }),
      { numRuns: 100 },
    );
  });
});

describe('what the commands write is genuine', () => {
  const argv = ['scalev', 'order.created', '--to', 'localhost:9'];

  it.each([
    ['--dry-run', ['send', ...argv, '--dry-run']],
    ['--dry-run --json', ['send', ...argv, '--dry-run', '--json']],
    ['--curl', ['send', ...argv, '--curl']],
  ])('send %s', async (_, argv) => {
    const { stdout } = await cli(argv);
    const { exitCode, stdout: verdict } = await cli(['verify', 'scalev', '-'], { stdin: stdout });
    expect(verdict).toMatch(/^✓ genuine/);
    expect(exitCode).toBe(0);
  });

  it.each(['vectors', 'raw', 'har', 'curl', 'postman'])('export --format %s', async (format) => {
    const folder = folderOf({});
    const { exitCode, stderr } = await cli(
      [
        'export',
        'scalev',
        'order.created',
        '--to',
        'http://localhost:9/hook',
        '--format',
        format,
        '--out',
        join(folder, 'out'),
      ],
      { cwd: folder },
    );
    expect(stderr).not.toContain('webhook-sim:');
    expect(exitCode).toBe(0);
    const [file] = filesOf(join(folder, 'out'));
    const verified = await cli(['verify', 'scalev', '-'], { stdin: readFileSync(file!) });
    expect(verified.stdout, verified.stderr).toMatch(/^✓ genuine/);
  });
});

function filesOf(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
    );
  } catch {
    return [path];
  }
}
