import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const description = 'name: acme\neventAt: type\nheaders: { X-Token: "{secret}" }\n';
const flows = '- { name: sale, title: A sale, steps: [{ event: "order:paid" }, { event: "order:sent", after: 1h }] }\n';
const files = {
  'webhook-sim.config.yaml': 'providers: hooks\n',
  'hooks/acme/provider.yaml': description,
  'hooks/acme/events/order%3Apaid.json': '{"type":"order:paid"}',
  'hooks/acme/events/order%3Asent.json': '{"type":"order:sent"}',
};

describe('a folder that describes a provider', () => {
  it('has samples whose names no file system takes, and flows in a file of their own', async () => {
    const cwd = folderOf({ ...files, 'hooks/acme/flows.yaml': flows });
    const server = await captureServer();
    const { exitCode } = await cli(['flow', 'acme', 'sale', '--to', server.url], { cwd });
    expect(server.requests.map(({ body }) => String(body))).toEqual(['{"type":"order:paid"}', '{"type":"order:sent"}']);
    expect(exitCode).toBe(0);
    const tested = await cli(['provider', 'test', '--json'], { cwd });
    expect(tested.json.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });

  it('has flows in one place only', async () => {
    const cwd = folderOf({
      ...files,
      'hooks/acme/provider.yaml': `${description}flows: ${flows.slice(2)}`,
      'hooks/acme/flows.yaml': flows,
    });
    const { stderr, exitCode } = await cli(['flow', 'acme', 'sale', '--to', 'localhost:1'], { cwd });
    expect(stderr).toMatch(
      /hooks.acme.provider\.yaml: flows: stand in hooks.acme.flows\.yaml, too\. Keep one of them\./,
    );
    expect(exitCode).toBe(2);
  });

  it('has flows that fit, else the place is told', async () => {
    const cwd = folderOf({ ...files, 'hooks/acme/flows.yaml': '- name: sale\n  title: A sale\n  stepz: []\n' });
    const { stderr, exitCode } = await cli(['flow', 'acme', 'sale', '--to', 'localhost:1'], { cwd });
    expect(stderr).toMatch(/hooks.acme.flows\.yaml:3:3: .*stepz: unknown key. Did you mean steps\?/);
    expect(exitCode).toBe(2);
  });

  it.each([
    ['an old folder of samples', { 'hooks/acme/provider.yaml': description, 'hooks/acme/payloads/a.json': '{}' }],
    [
      'an old folder of samples beside a file that is named',
      {
        'webhook-sim.config.yaml': 'providers: hooks/acme/provider.yaml\n',
        'hooks/acme/provider.yaml': description,
        'hooks/acme/payloads/a.json': '{}',
      },
    ],
  ])('is told how to move %s, and stops no other', async (_, old) => {
    const cwd = folderOf({ 'webhook-sim.config.yaml': 'providers: hooks\n', ...old });
    const { stderr, exitCode } = await cli(['send', 'acme', 'a', '--to', 'localhost:1'], { cwd });
    expect(stderr.replaceAll('\\', '/')).toContain(
      'hooks/acme/payloads: is where samples were once; they are in hooks/acme/events. Move them: git mv hooks/acme/payloads hooks/acme/events',
    );
    expect(exitCode).toBe(2);
    const server = await captureServer();
    expect((await cli(['send', 'scalev', 'order.created', '--to', server.url], { cwd })).exitCode).toBe(0);
  });

  it('is read without them where its description names the events', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: hooks\n',
      'hooks/acme/provider.yaml': `${description}events: [a]\n`,
      'hooks/acme/payloads/a.json': '{"type":"a"}',
      'it.http': 'POST / HTTP/1.1\nHost: a.example\nX-Token: mine\n\n{"type":"a"}',
    });
    const verified = await cli(['verify', 'acme', 'it.http', '--secret', 'mine'], { cwd });
    expect([verified.stdout, verified.exitCode]).toEqual([expect.stringContaining('genuine'), 0]);
    const { stderr, exitCode } = await cli(['send', 'acme', 'a', '--to', 'localhost:1'], { cwd });
    expect(stderr.replaceAll('\\', '/')).toMatch(
      /no sample of acme a\. Samples were in .+payloads once; rename that folder to events\./,
    );
    expect(exitCode).toBe(2);
  });

  it('may have its samples in any folder that it names', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: hooks\n',
      'hooks/acme/provider.yaml': `${description}events: [a]\nsamples: payloads\n`,
      'hooks/acme/payloads/a.json': '{"type":"a"}',
    });
    const server = await captureServer();
    expect((await cli(['send', 'acme', 'a', '--to', server.url], { cwd })).stderr).not.toContain('git mv');
    expect(String(server.requests[0]!.body)).toBe('{"type":"a"}');
  });

  it('has no two events whose names differ only in the case of their letters', async () => {
    const cwd = folderOf({
      ...files,
      'hooks/acme/provider.yaml': `${description}events: [Ping, ping]\nsamples: { Ping: {}, ping: {} }\n`,
    });
    const { stderr, exitCode } = await cli(['send', 'acme', 'ping', '--to', 'localhost:1'], { cwd });
    expect(stderr).toContain('ping differs from Ping only in the case of its letters');
    expect(exitCode).toBe(2);
  });
});

describe('another name of a provider that ships', () => {
  it('is taken', async () => {
    const server = await captureServer();
    const { stdout, exitCode } = await cli(['send', 'gh', 'ping', '--to', server.url]);
    expect(stdout).toContain('github ping');
    expect(server.requests[0]!.headers).toContainEqual(['X-GitHub-Event', 'ping']);
    expect(exitCode).toBe(0);
  });

  it('means your own, where that takes its place', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: hooks\n',
      'hooks/github/provider.yaml':
        'name: github\nheaders: { X-Token: "{secret}" }\nevents: [ping]\nsamples: { ping: { mine: true } }\n',
    });
    const server = await captureServer();
    await cli(['send', 'gh', 'ping', '--to', server.url], { cwd });
    expect(String(server.requests[0]!.body)).toBe('{"mine":true}');
  });

  it('is suggested', async () => {
    const { stderr, exitCode } = await cli(['send', 'amazon-sn', 'Notification', '--to', 'localhost:1']);
    expect(stderr).toContain('There is no provider amazon-sn. Did you mean amazon-sns?');
    expect(exitCode).toBe(2);
  });

  it('is one of your own, where you have described it', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: hooks\n',
      'hooks/gh/provider.yaml':
        'name: gh\nheaders: { X-Token: "{secret}" }\nevents: [hello]\nsamples: { hello: { a: 1 } }\n',
    });
    const server = await captureServer();
    await cli(['send', 'gh', 'hello', '--to', server.url], { cwd });
    expect(String(server.requests[0]!.body)).toBe('{"a":1}');
  });
});
