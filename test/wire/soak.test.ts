import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('counts as many requests and answers as a receiver that treats each tenth one badly', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'bench/soak.js'), '400']);
  expect(stdout).toMatch(/^faults of the receiver: [1-9]/);
  expect(stdout).not.toContain('FAIL');
  expect(stdout.match(/^ok /gm)).toHaveLength(6);
});
