import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { fiveProviders } from '../support/providers.js';

const payload = (name: string) => readFileSync(join(import.meta.dirname, '../../payloads', name), 'utf8');

describe('list', () => {
  it('shows every provider by its group', async () => {
    const { stdout, stderr, exitCode } = await cli(['list']);
    const listed = [...stdout.matchAll(/^ {2}(\S+) /gm)].map(([, name]) => name);
    expect([...listed].sort()).toEqual(readdirSync(join(import.meta.dirname, '../../payloads')).sort());
    // A provider that is added changes nothing here.
    const isKept = (line: string) =>
      !line.startsWith('  ') || fiveProviders.some(({ name }) => line.startsWith(`  ${name} `));
    const kept = stdout
      .split('\n')
      .filter(isKept)
      .join('\n')
      .replace(/\b {2,}/g, '  ');
    await expect(kept).toMatchFileSnapshot(join(import.meta.dirname, 'help/list-output.txt'));
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it('says that the SMS event of Webconnex is a placeholder', async () => {
    const { stdout } = await cli(['list', 'webconnex']);
    expect(stdout).toMatch(
      /sms_subscription .*\n\s+placeholder: the real name and payload of this event are unknown\n/,
    );
    expect((await cli(['show', 'webconnex', 'sms_subscription'])).stdout).toContain('placeholder');
  });

  it('is a stable document as JSON', async () => {
    const { stdout } = await cli(['list', '--json']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schemaVersion: 1, type: 'list' });
    const of = (wanted: string) => document.providers.find(({ name }: { name: string }) => name === wanted);
    const five = ['scalev', 'bharatcart', 'covver', 'webconnex', 'commercelayer'];
    expect(five.map((name) => of(name).events.length)).toEqual([12, 9, 10, 10, 186]);
    expect(document.providers.map(({ name }: { name: string }) => name)).toEqual(
      readdirSync(join(import.meta.dirname, '../../payloads')).sort(),
    );
    expect(of('aws-sns')).toMatchObject({
      group: 'infrastructure',
      aliases: ['sns', 'amazon-sns'],
      proof: [{ kind: 'package', source: expect.stringMatching(/^sns-validator@/) }],
    });
    expect(of('scalev').secretVariables).toEqual([
      'WEBHOOK_SIM_SCALEV_SECRET',
      'SCALEV_SIGNING_SECRET',
      'SCALEV_CLIENT_SECRET',
    ]);
  });

  it('lists the events of one, by another name of it, too', async () => {
    const { stdout, exitCode } = await cli(['list', 'commerce-layer']);
    await expect(stdout).toMatchFileSnapshot(join(import.meta.dirname, 'help/list-one-output.txt'));
    expect(exitCode).toBe(0);
  });

  it('searches the events of all, the best first', async () => {
    const { stdout } = await cli(['list', '--search', 'pay suc']);
    expect(stdout).toMatch(/^ {2}stripe payment_intent\.succeeded /m);
    const found = JSON.parse((await cli(['list', '--search', 'Refund', '--json'])).stdout).providers;
    expect(found.length).toBeGreaterThan(2);
    for (const { name, events } of found) expect(events.length, name).toBeGreaterThan(0);
  });

  it('says that nothing fits', async () => {
    const { stderr, stdout, exitCode } = await cli(['list', '--search', 'qqzzqq']);
    expect(stderr).toContain('No event fits "qqzzqq". Try a shorter word');
    expect([stdout, exitCode]).toEqual(['', 2]);
  });

  it('fits a narrow terminal', async () => {
    const { stdout } = await cli(['list', 'scalev'], { isTTY: true, columns: 60, env: { NO_COLOR: '1' } });
    const events = stdout.split('\n').filter((line) => line.startsWith('  '));
    expect(Math.max(...events.map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe('show', () => {
  it('shows payload, headers and how the signature comes about', async () => {
    const { stdout } = await cli(['show', 'scalev', 'order.deleted']);
    await expect(stdout).toMatchFileSnapshot(join(import.meta.dirname, 'help/show-output.txt'));
  });

  it('signs the sample as it ships', async () => {
    const { stdout } = await cli(['show', 'bharatcart', 'order.delivered', '--json'], {
      env: { BHARATCART_WEBHOOK_SECRET: 'whsec_sim_bharat_0001' },
    });
    const { request, certainty } = JSON.parse(stdout);
    const body = JSON.stringify(JSON.parse(payload('bharatcart/events/order.delivered.json')));
    expect(request.body).toBe(body);
    expect(Object.fromEntries(request.headers)['X-Webhook-Signature']).toBe(
      createHmac('sha256', 'whsec_sim_bharat_0001').update(body).digest('hex'),
    );
    expect(certainty).toBe('documented');
  });

  it('names the values of handshakes and the modes', async () => {
    const whatsapp = ['show', 'whatsapp', 'messages'];
    const { stdout } = await cli(whatsapp);
    expect(stdout).toContain('value verify_token of handshakes: yours, looked for in WHATSAPP_VERIFY_TOKEN, ');
    const shown = async (argv: readonly string[]) => JSON.parse((await cli([...argv, '--json'])).stdout);
    expect((await shown(whatsapp)).values).toEqual([
      {
        name: 'verify_token',
        env: ['WHATSAPP_VERIFY_TOKEN', 'META_VERIFY_TOKEN', 'VERIFY_TOKEN'],
        sample: 'senja-verify-token',
      },
    ]);
    const { modes } = await shown(['show', 'github', 'push', '--mode', 'form']);
    expect(modes).toMatchObject([{ name: 'form', isChosen: true }]);
    expect((await shown(['show', 'github', 'push'])).modes).toMatchObject([{ name: 'form', isChosen: false }]);
  });

  it('shows a variant', async () => {
    const { stdout } = await cli(['show', 'webconnex', 'registration', '--variant', 'ticketspice']);
    expect(stdout).toContain('(variant ticketspice)');
    expect(stdout).toContain('"tickets": [');
  });

  it('never prints a secret of the user', async () => {
    const { stdout, stderr } = await cli(['show', 'scalev', 'order.created'], {
      env: { SCALEV_SIGNING_SECRET: 'CANARY-1' },
    });
    expect(stdout + stderr).not.toContain('CANARY-1');
    expect(stdout).toContain('the secret of env:SCALEV_SIGNING_SECRET (fingerprint ');
  });
});

describe('sign', () => {
  it('prints the headers for any body, in wire order', async () => {
    const stdin =
      '{"eventType":"test","formId":1234,"eventId":1234,"accountId":5120,"data":{"data":"Simulated test delivery","eventId":1234,"eventType":"test","formId":1234}}';
    const { stdout } = await cli(['sign', 'webconnex', '--secret', '0f6a1c2b3d4e5f60718293a4b5c6d7e8'], { stdin });
    // The literal signature was computed with Node crypto, crypto-js and Python, which agree.
    expect(stdout).toMatch(
      /^Content-Type: application\/json\nUser-Agent: Webconnex-Divvy\nX-Webconnex-Delivery: [0-9a-f]{32}\nX-Webconnex-Event: test\nX-Webconnex-Signature: 369ac4dc61edb46bbfda0350cd776e6e69e5ee35f57fce31c1ca582f168a87b6\n$/,
    );
  });

  it('asks for the event where headers name it and the body does not', async () => {
    const { stderr, exitCode } = await cli(['sign', 'commercelayer'], { stdin: '{}' });
    expect(stderr).toContain('Add --event, such as --event orders.place');
    expect(exitCode).toBe(2);
    const { stdout } = await cli(['sign', 'commercelayer', '--event', 'orders.pay', '--json'], { stdin: '{}' });
    expect(Object.fromEntries(JSON.parse(stdout).headers)['X-CommerceLayer-Topic']).toBe('orders.pay');
  });
});

describe('--dry-run', () => {
  it('shows the request whole and sends nothing', async () => {
    const { stdout, stderr, exitCode } = await cli([
      'send',
      'scalev',
      'business.test_event',
      '--exact',
      '--dry-run',
      '--secret',
      'sk_sim_scalev_0001',
    ]);
    expect(stdout).toBe(
      'POST / HTTP/1.1\nhost: localhost:3000\nContent-Type: application/json\nX-Scalev-Hmac-Sha256: ypaLTI7ANk28Zvhr0hGOcHT2rhKFdlhOvdDpESOLnEs=\ncontent-length: 83\n\n{"event":"business.test_event","timestamp":"2026-01-13T01:00:12.616800Z","data":{}}\n\n',
    );
    expect(stderr).toBe('Nothing was sent.\n');
    expect(exitCode).toBe(0);
  });

  it('is one JSON line per delivery with --json, secrets masked', async () => {
    const { json } = await cli([
      'send',
      'scalev',
      'order.*',
      '--dry-run',
      '--json',
      '-H',
      'Authorization: Bearer CANARY',
    ]);
    expect(json).toHaveLength(7);
    expect(json[0]).toMatchObject({
      schemaVersion: 1,
      type: 'dry-run',
      event: 'order.created',
      request: { method: 'POST' },
    });
    expect(JSON.stringify(json)).not.toContain('CANARY');
    expect(json[0].request.headers).toContainEqual([
      'Authorization',
      expect.stringMatching(/^\(secret [0-9a-f]{8}\)$/),
    ]);
  });
});

describe('colour and marks', () => {
  it.each([
    [{ isTTY: true }, true],
    [{ isTTY: false }, false],
    [{ isTTY: true, env: { NO_COLOR: '1' } }, false],
    [{ isTTY: true, env: { TERM: 'dumb' } }, false],
    [{ isTTY: false, env: { FORCE_COLOR: '1' } }, true],
    [{ isTTY: true, env: { FORCE_COLOR: '0' } }, false],
  ])('%j', async (options, coloured) => {
    const { stdout } = await cli(['send', 'scalev', 'order.created'], options);
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });

  it('uses ASCII where the locale has no more', async () => {
    const { stdout } = await cli(['send', 'scalev', 'order.created'], { env: { LC_ALL: 'C' } });
    expect(stdout).toMatch(/ ok 200 scalev /);
    expect(stdout).toMatch(/^[\u0000-\u007f]*$/);
  });
});
