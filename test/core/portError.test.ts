import { Server } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openServer } from '../../src/listen/openServer.js';
import { startKeyServer } from '../../src/receiver/keyServer.js';

it.each([
  ['EACCES', 'Port 80 is reserved, or needs privileges that this user lacks.'],
  ['EADDRINUSE', 'Port 80 is in use.'],
  ['EPERM', "Port 80 can't be opened (EPERM)."],
])('%s on opening a port is an error that says what to do', async (code, words) => {
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    process.nextTick(() => this.emit('error', Object.assign(new Error(`listen ${code}: 127.0.0.1:80`), { code })));
    return this;
  });
  onTestFinished(() => listen.mockRestore());
  const options = { host: '127.0.0.1', port: 80, portOption: '--port', now: () => 0, onRequest: async () => 'reset' };
  await expect(openServer(options as never)).rejects.toMatchObject({
    name: 'UsageError',
    code: 'BAD_PORT',
    message: `${words} Name another with --port; 0 takes any free one.`,
  });
  await expect(startKeyServer([], 80)).rejects.toThrow(
    `${words} Name another to serve the keys on; 0 takes any free one.`,
  );
});
