import { expect, it } from 'vitest';
import type { Io } from '../../src/cli/io/io.js';
import { announceWarnings } from '../../src/cli/project/announceWarnings.js';

/** What is written of one warning. */
async function written(flags: { json?: boolean; quiet?: boolean }) {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof texts) => ({
    write: (text: string) => {
      texts[name] += text;
    },
  });
  const io = { stdout: stream('stdout'), stderr: stream('stderr'), interrupted: new AbortController().signal };
  const warning = { code: 'STRAY_BYTES', id: 'd-1', message: 'more bytes\u001b[2J' } as const;
  await announceWarnings({ conclude: async () => [warning] }, flags, io as unknown as Io);
  return texts;
}

it('tells a person on stderr, without what moves a terminal', async () => {
  const { stdout, stderr } = await written({});
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Warning \(STRAY_BYTES\) on delivery d-1: more bytes/);
  expect(stderr).not.toContain('\u001b');
});

it('says nothing where it is to be quiet', async () => {
  expect(await written({ quiet: true })).toEqual({ stdout: '', stderr: '' });
});

it('is a line of JSON, also where talk is quiet', async () => {
  const { stdout, stderr } = await written({ json: true, quiet: true });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    type: 'warning',
    code: 'STRAY_BYTES',
    id: 'd-1',
    message: 'more bytes\u001b[2J',
  });
});
