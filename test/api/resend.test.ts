import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resend } from '../../src/index.js';
import { type LoggedProject, loggedProject } from '../log/project.js';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { isGenuine, secret } from './proof.js';

const before = process.env.XDG_STATE_HOME;
let project: LoggedProject;
let config: string;

beforeEach(() => {
  project = loggedProject({ 'webhook-sim.config.json': '{}' });
  config = `${project.cwd}/webhook-sim.config.json`;
  process.env.XDG_STATE_HOME = project.state;
});

afterEach(() => {
  if (before === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = before;
});

describe('resend', () => {
  it('sends what the log of a project has kept once more, byte for byte', async () => {
    const server = await captureServer();
    await project.run(['send', 'scalev', 'order.created', '--to', server.url]);
    const result = await resend({ config });
    const [first, second] = server.requests;
    expect(second).toMatchObject({ requestLine: first!.requestLine, headers: first!.headers, body: first!.body });
    const [kept, ...more] = await project.kept();
    expect(more, 'nothing is kept unless it is asked for').toEqual([]);
    expect(result).toMatchObject({
      ok: true,
      exitCode: 0,
      summary: { sent: 1, accepted: 1 },
      deliveries: [{ resendOf: kept.key, isRenewed: false, ok: true }],
    });
    await resend({ config, deliveries: [kept.key.slice(0, 8)], log: true });
    expect(await project.kept()).toHaveLength(2);
  });

  it('signs anew with a secret, and to another receiver', async () => {
    const [server, other] = [await captureServer(), await captureServer('HTTP/1.1 500 -\r\nContent-Length: 0\r\n\r\n')];
    await project.run(['send', 'scalev', 'order.created', '--to', server.url]);
    const result = await resend({ config, secret, to: other.url });
    expect(result).toMatchObject({ ok: false, exitCode: 1, deliveries: [{ isRenewed: true, outcome: 'rejected' }] });
    const [{ header, body }] = other.requests as [(typeof other.requests)[0]];
    expect(isGenuine(header('X-Scalev-Hmac-Sha256'), body)).toBe(true);
  });

  it('names what is wrong by its options', async () => {
    const wrong = (options: object) => expect(resend({ config, ...options })).rejects;
    await wrong({}).toMatchObject({ code: 'NOTHING_KEPT' });
    const server = await captureServer();
    const authorised = ['-H', 'Authorization: Bearer abcdefgh'];
    await project.run(['send', 'scalev', 'order.created', '--to', server.url, ...authorised]);
    await wrong({}).toThrow(/Give it with options\.header 'Authorization: …'/);
    await wrong({ exact: true, secret }).toThrow(
      /^options\.exact sends the delivery unchanged, options\.secret signs it again/,
    );
    await wrong({ failed: true, deliveries: ['last'] }).toThrow(/^options\.failed takes every/);
    expect(server.requests).toHaveLength(1);
    const elsewhere = folderOf({ 'webhook-sim.config.json': '{}' });
    await wrong({ config: `${elsewhere}/webhook-sim.config.json` }).toMatchObject({ code: 'NOTHING_KEPT' });
    rmSync(config);
    await wrong({}).toMatchObject({ name: 'UsageError' });
  });
});
