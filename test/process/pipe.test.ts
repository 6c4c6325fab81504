import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

it('says that it waits for a pipe, and takes what is written then', async () => {
  const server = await captureServer();
  const cwd = folderOf({});
  execFileSync('mkfifo', [join(cwd, 'body')]);
  // The second after which it is told that it waits is over at once; the time after which it is given up never is.
  const clock = {
    now: () => Date.now(),
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        if (ms <= 1000) resolve();
      }),
  };
  const sent = cli(['send', 'scalev', 'order.created', '--raw', 'body', '--to', server.url], { cwd, clock });
  await writeFile(join(cwd, 'body'), '{"a":1}');
  const { stderr, exitCode } = await sent;
  expect(stderr).toContain('Waiting for body, a pipe whose writer has not finished\n');
  expect(server.requests[0]!.body.toString()).toBe('{"a":1}');
  expect(exitCode).toBe(0);
});
