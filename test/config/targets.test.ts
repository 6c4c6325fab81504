import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clock } from '../../src/api/world.js';
import { openProject } from '../../src/config/project.js';
import { chooseTarget, isRemoteAllowed } from '../../src/config/target.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const file = 'webhook-sim.config.yaml';

async function send(config: string, argv: readonly string[] = [], env = {}) {
  const cwd = folderOf({ [file]: config });
  return cli(['send', 'scalev', 'order.created', ...argv], { cwd, env });
}

describe('a target', () => {
  it('fills {provider} and {event} in', async () => {
    const server = await captureServer();
    const cwd = folderOf({ [file]: `targets: { hooks: "${server.url}/{provider}/in?event={event}" }\n` });
    const { exitCode, stderr } = await cli(['send', 'commercelayer', 'orders.place', 'orders.pay', '--to', 'hooks'], {
      cwd,
    });
    expect(stderr).toContain(`Commerce Layer to hooks (${server.url}/{provider}/in?event={event})`);
    expect(exitCode).toBe(0);
    expect(server.requests.map(({ requestLine }) => requestLine)).toEqual([
      'POST /commercelayer/in?event=orders.place HTTP/1.1',
      'POST /commercelayer/in?event=orders.pay HTTP/1.1',
    ]);
    const shown = await cli(['send', 'scalev', 'order.created', '--to', 'hooks', '--curl'], { cwd });
    expect(shown.stdout).toContain(`'${server.url}/scalev/in?event=order.created'`);
  });

  it('fills them in wherever an address is given, and knows no others', async () => {
    const server = await captureServer();
    expect((await cli(['send', 'scalev', 'order.created', '-q', '--to', `${server.url}/{event}`])).exitCode).toBe(0);
    expect(server.requests[0]!.requestLine).toBe('POST /order.created HTTP/1.1');
    const { exitCode, stderr } = await cli([
      'send',
      'scalev',
      'order.created',
      '--to',
      'http://me:CANARY@localhost/{evnt}',
    ]);
    expect(stderr).toContain('--to: unknown placeholder {evnt} in "localhost/{evnt}". Did you mean event?');
    expect(stderr).not.toContain('CANARY');
    expect(exitCode).toBe(2);
  });

  it('is suggested for a name that is none', async () => {
    const { exitCode, stderr } = await send('targets: { staging: ":1", local: ":2" }\n', ['--to', 'stagign']);
    expect(stderr).toContain('There is no target named stagign. Did you mean staging?');
    expect(exitCode).toBe(2);
  });

  it('has headers, which -H replaces', async () => {
    const server = await captureServer();
    const config = `target: a\ntargets:\n  a:\n    url: ${server.url}\n    header: { X-One: "1", X-Two: "2", Content-Type: text/plain }\n`;
    await send(config, ['-H', 'X-Two: two']);
    const [{ header, headers }] = server.requests as [(typeof server.requests)[0]];
    expect([header('X-One'), header('X-Two'), header('Content-Type')]).toEqual(['1', 'two', 'text/plain']);
    expect(headers.filter(([name]) => /^(x-two|content-type)$/i.test(name)).length).toBe(2);
  });

  it('has a header of the environment, which must be there', async () => {
    const server = await captureServer();
    const config = `target: a\ntargets: { a: { url: "${server.url}", header: { X-Way: env:STAGING } } }\n`;
    const { exitCode, stderr } = await send(config);
    expect(stderr).toContain(`${file}: targets.a.header.X-Way: the environment has no variable STAGING.`);
    expect(exitCode).toBe(2);
    expect((await send(config, [], { STAGING: 'CANARY\r\nX: y' })).stderr).not.toContain('CANARY');
    expect(server.requests).toEqual([]);
  });

  it('is reached by its own way: socket, address, host', async () => {
    const cwd = folderOf({ [file]: '' });
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.host);
      response.end();
    }).listen(join(cwd, 's'));
    onTestFinished(() => void server.close());
    const project = folderOf({
      [file]: `target: a\ntargets: { a: { url: "http://example.com/", unixSocket: ${join(cwd, 's')} } }\n`,
    });
    const argv = ['send', 'scalev', 'order.created', '-q'];
    expect(await cli(argv, { cwd: project })).toMatchObject({ exitCode: 0, stderr: '' });

    const capture = await captureServer();
    const named = `target: a\ntargets: { a: { url: "http://nowhere.test:${capture.port}/", resolve: { nowhere.test: 127.0.0.1 }, host: other.test } }\n`;
    expect(await cli(argv, { cwd: folderOf({ [file]: named }) })).toMatchObject({ exitCode: 0, stderr: '' });
    expect([...seen, capture.requests[0]!.header('host')]).toEqual(['example.com', 'other.test']);
  });

  it('has paths from the folder of the config, and says which target names a missing one', async () => {
    const cwd = folderOf({
      [file]: 'target: a\ntargets: { a: { url: "https://localhost:1", cacert: tls/ca.pem } }\n',
      'below/empty': '',
    });
    const { exitCode, stderr } = await cli(['send', 'scalev', 'order.created'], { cwd: join(cwd, 'below') });
    expect(stderr).toContain(`${join(cwd, file)}: targets.a.cacert ${join(cwd, 'tls/ca.pem')}: there is no such file`);
    expect(exitCode).toBe(2);
  });

  it('is the user’s own where it says so', async () => {
    const cwd = folderOf({ [file]: 'targets: { mine: { url: ":1", allowRemote: true }, other: ":2" }\n' });
    const project = await openProject({ cwd, env: {}, clock });
    expect(['mine', 'other', ':3', 'demo'].map((to) => isRemoteAllowed(chooseTarget(project, { to })))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
