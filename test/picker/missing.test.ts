import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { keys, terminal } from '../support/terminal.js';

beforeAll(bundleCli);

describe('send', () => {
  it('asks for the event that is missing', async () => {
    const { url, requests } = await captureServer();
    const person = terminal(['send', 'commercelayer', '--to', url], { cwd: folderOf({}) });
    await person.see('Event of Commerce Layer');
    await person.see('esc back');
    await person.find('orders.place', '❯ orders.place');
    expect(await person.ended).toBe(0);
    expect(requests).toHaveLength(1);
  });

  it('asks for provider and event', async () => {
    const { url, requests } = await captureServer();
    const person = terminal(['send', '--to', url], { cwd: folderOf({}) });
    await person.see('Provider or event');
    await person.see('esc back');
    await person.find('crea new order scal', '❯ scalev order.created');
    expect(await person.ended).toBe(0);
    expect(JSON.parse(requests[0]!.body.toString()).event).toBe('order.created');
  });

  it('sends nothing where the person leaves', async () => {
    const person = terminal(['send'], { cwd: folderOf({}) });
    await person.see('esc back');
    person.type(keys.ctrlC);
    expect(await person.ended).toBe(130);
  });

  it('names the providers where nobody can be asked', async () => {
    const { exitCode, stderr, stdout } = await cli(['send']);
    expect(stderr).toMatch(
      /^webhook-sim: Which provider\? One of .*bharatcart, .*, and \d+ more\. See: webhook-sim list/,
    );
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  it('names the events where nobody can be asked', async () => {
    const { exitCode, stderr } = await cli(['send', 'scalev']);
    expect(stderr).toMatch(/^webhook-sim: Which event of Scalev\? One of order.created, /);
    expect(exitCode).toBe(2);
  });

  it('takes the only event of a provider, and says which', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: webhooks\n',
      'webhooks/acme/provider.yaml': 'name: acme\nheaders: { X-Secret: "{secret}" }\nevents: [order.paid]\n',
      'webhooks/acme/events/order.paid.json': '{"type":"order.paid"}',
    });
    const sent = await cli(['send', 'acme', '--to', 'demo'], { cwd });
    expect([sent.exitCode, sent.stderr]).toEqual([0, expect.not.stringContaining('Which event')]);
    expect(sent.stdout).toMatch(/✓ 200 acme order\.paid /);
    const load = await cli(['load', 'acme', '--to', 'demo', '--rate', '2/s', '--for', '500ms', '--json'], { cwd });
    expect(load.json.at(-1)).toMatchObject({ type: 'summary', ok: 1 });
    const exported = await cli(['export', 'acme', '--format', 'vectors', '--to', 'http://localhost:9/', '--out', '-'], {
      cwd,
    });
    expect(exported.stdout).toContain('order.paid');
    writeFileSync(join(cwd, 'suite.yaml'), 'cases:\n  - send: acme\n');
    const suite = await cli(['run', 'suite.yaml', '--to', 'demo', '--json'], { cwd });
    expect([suite.exitCode, suite.json.map(({ event }) => event)]).toEqual([0, expect.arrayContaining(['order.paid'])]);
    const person = terminal(['send', 'acme', '--to', 'demo'], { cwd });
    await person.see(/✓ 200 acme order\.paid /);
  });
});
