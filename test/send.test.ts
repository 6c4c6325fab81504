import { describe, expect, it } from 'vitest';
import { captureServer } from './support/capture.js';
import { cli } from './support/cli.js';

describe('send', () => {
  it('puts the headers on the wire in the order and letter case of the provider', async () => {
    const server = await captureServer();
    const { exitCode } = await cli(['send', 'scalev', 'order.created', '--to', server.url]);
    expect(exitCode).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]!.headers.map(([name]) => name)).toEqual([
      'host',
      'connection',
      'Content-Type',
      'X-Scalev-Hmac-Sha256',
      'content-length',
    ]);
  });
});
