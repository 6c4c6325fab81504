import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Captured, captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { keys, terminal } from '../support/terminal.js';
import { toMenu, wish } from './session.js';

beforeAll(bundleCli);

const secret = 'canary-in-the-mine';

/** Whether a request to a receiver of Scalev's is signed with a secret. */
function isSigned(request: Captured): boolean {
  const signature = createHmac('sha256', secret).update(request.body).digest('base64');
  return request.header('X-Scalev-Hmac-Sha256') === signature;
}

describe('the secret', () => {
  it('can be typed without being seen, signs, and stands in no output', async () => {
    const { url, requests } = await captureServer();
    const person = terminal([], { cwd: folderOf({}) });
    await toMenu(person, url);
    expect(person.text).toContain('Signed with the sample secret, which is public');
    await wish(person, 'choose the secret');
    await person.see('the sample secret');
    await person.find('type', '❯ type it');
    await person.see('Secret (it is not shown)');
    await person.see('[input is masked]');
    person.type(`${secret}${keys.enter}`);
    await person.see(/Signed with the secret of hidden input \(fingerprint [0-9a-f]{8}\)/);
    await person.see('What now?');
    await wish(person, 'send');
    await person.see(`It asks for the secret.\nwebhook-sim send scalev order.created --to ${url} --secret -`);
    expect(isSigned(requests[0]!)).toBe(true);
    expect(person.raw).not.toContain(secret);
  });

  it('can be one of the environment', async () => {
    const { url, requests } = await captureServer();
    const person = terminal([], { cwd: folderOf({}), env: { SHOP_TOKEN: secret, OTHER: 'x' } });
    await toMenu(person, url);
    await wish(person, 'choose the secret');
    await person.see('env:SHOP_TOKEN');
    await person.find('shop', '❯ env:SHOP_TOKEN');
    await person.see('Signed with the secret of env:SHOP_TOKEN (fingerprint');
    await person.see('What now?');
    await wish(person, 'send');
    await person.see(`webhook-sim send scalev order.created --to ${url} --secret env:SHOP_TOKEN`);
    expect(isSigned(requests[0]!)).toBe(true);
    expect(person.raw).not.toContain(secret);
    expect(person.text).not.toContain('env:OTHER');
  });

  it('is asked for by --secret - on a terminal', async () => {
    const { url, requests } = await captureServer();
    const person = terminal(['send', 'scalev', 'order.created', '--to', url, '--secret', '-'], { cwd: folderOf({}) });
    await person.see('[input is masked]');
    person.type(`${secret}${keys.enter}`);
    expect(await person.ended).toBe(0);
    expect(isSigned(requests[0]!)).toBe(true);
    expect(person.raw).not.toContain(secret);
  });

  it('that is not given sends nothing', async () => {
    const { url, requests } = await captureServer();
    const person = terminal(['send', 'scalev', 'order.created', '--to', url, '--secret', '-'], { cwd: folderOf({}) });
    await person.see('[input is masked]');
    person.type(keys.ctrlC);
    expect(await person.ended).toBe(130);
    expect(requests).toEqual([]);
  });
});
