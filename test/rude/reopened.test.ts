import { beforeAll, describe, expect, it, vi } from 'vitest';
import { cli } from '../support/cli.js';
import { hastyServer } from '../support/hasty.js';

vi.mock('../../src/transport/stopwatch.js', async (actual) => ({
  ...(await actual<typeof import('../../src/transport/stopwatch.js')>()),
  // A close is within 10 ms of the write on any machine.
  readStopwatch: () => 0,
}));

// The first run loads the modules.
beforeAll(() => cli(['send', 'scalev', 'order.created', '-v']));

describe('a connection that was to be kept and was closed', () => {
  it('is opened again, and no longer kept', async () => {
    const server = await hastyServer('end');
    const { json, exitCode } = await cli([
      'send',
      'scalev',
      'order.created',
      '--to',
      server.url,
      '--count',
      '20',
      '--json',
    ]);
    expect(json.at(-1)).toMatchObject({ sent: 20, accepted: 20 });
    expect(exitCode).toBe(0);
    expect(await server.connections()).toBe(20);
  });

  it('is opened again for each of those that used it at once', async () => {
    const server = await hastyServer('end');
    const command = ['send', 'scalev', 'order.created', '--to', server.url, '--json'];
    const { json } = await cli([...command, '--count', '60', '--concurrency', '10']);
    expect(json.at(-1)).toMatchObject({ sent: 60, accepted: 60 });
  });
});
