import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { onRequest, rudeServer } from '../support/rude.js';

describe('a check', () => {
  it('sends each forgery on a connection of its own, and keeps the one of its genuine events', async () => {
    const requestsOn: number[] = [];
    const server = await rudeServer((socket) => {
      const at = requestsOn.push(0) - 1;
      onRequest((asked) => {
        requestsOn[at]!++;
        asked.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      })(socket);
    });
    const only = ['--only', 'wrong-secret', '--only', 'random-signature'];
    const { json } = await cli(['check', 'scalev', '--to', server.url, ...only, '--json', '-q']);
    const forged = json.filter((each) => each.type === 'case' && each.class === 'must-reject');
    expect(forged.length).toBe(2);
    const attempts = forged.flatMap((each) => each.attempts);
    expect(attempts.length).toBeGreaterThanOrEqual(2);
    expect(attempts.map(({ timing }) => timing.reused)).toEqual(attempts.map(() => false));
    expect(requestsOn.filter((count) => count === 1).length).toBeGreaterThanOrEqual(attempts.length);
  });
});
