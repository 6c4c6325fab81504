import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { diagnose, exportDeliveries } from '../../src/index.js';
import { isGenuine, secret } from './proof.js';

const text = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString();

describe('exportDeliveries', () => {
  it('makes vectors that a recipe from outside verifies, and forgeries that it rejects', async () => {
    const result = await exportDeliveries({
      provider: 'scalev',
      events: ['order.created'],
      forge: 'tampered-body',
      secret,
      to: 'https://example.com/hooks',
      withSecrets: true,
    });
    expect(result).toMatchObject({ provider: 'scalev', format: 'vectors', holdsSecrets: true, leftOut: [] });
    const [file] = result.files;
    expect(file!.name).toBe('scalev.vectors.json');
    const { vectors } = JSON.parse(text(file!));
    expect(result.deliveries.map(({ name }) => name)).toEqual(['order.created', 'order.created--forged-tampered-body']);
    const genuine = result.deliveries.map(({ delivery: { headers, body } }) =>
      isGenuine(headers.find(([name]) => name === 'X-Scalev-Hmac-Sha256')?.[1], body),
    );
    expect(genuine).toEqual([true, false]);
    expect(vectors).toHaveLength(2);
    expect(Object.isFrozen(result)).toBe(true);
  });

  it('has every form, and a file for each raw request', async () => {
    const raw = await exportDeliveries({
      provider: 'scalev',
      events: ['order.created', 'order.updated'],
      format: 'raw',
    });
    expect(raw.files.map(({ name }) => name)).toEqual(['order.created.http', 'order.updated.http']);
    expect(text(raw.files[0]!)).toMatch(/^POST \/webhooks HTTP\/1\.1\r\nHost: localhost:3000\r\n/i);
    for (const format of ['har', 'curl', 'postman'] as const) {
      const { files } = await exportDeliveries({ provider: 'scalev', events: ['order.created'], format });
      expect(files).toHaveLength(1);
    }
  });

  it('writes no secret that nobody asked for, and says with which option it may be', async () => {
    const given = {
      provider: 'commercelayer',
      events: ['orders.place'],
      header: { Authorization: 'Bearer abcdef' },
    } as const;
    await expect(exportDeliveries(given)).rejects.toThrow(
      /^The header Authorization of .*options\.withSecrets, leave it out with options\.header 'Authorization:', or take options\.format curl/,
    );
    await expect(exportDeliveries({ ...given, out: 'a.json' } as never)).rejects.toThrow(/^There is no options\.out\./);
    await expect(exportDeliveries({ ...given, forgeries: true, forge: 'wrong-secret' })).rejects.toThrow(
      /^options\.forgeries adds all, so options\.forge/,
    );
  });
});

describe('diagnose', () => {
  const body = '{"event":"order.created"}';
  const signed = (key: string, content = body) => createHmac('sha256', key).update(content).digest('base64');
  const header = (value: string) => ({ 'x-scalev-hmac-sha256': value });

  it('says that a request is genuine, also of a provider that is not named', async () => {
    expect(await diagnose({ headers: header(signed(secret)), body, secret })).toMatchObject({
      provider: 'scalev',
      genuine: true,
      findings: [],
    });
  });

  it('says which mistake explains a signature, and one that a receiver computed', async () => {
    const hex = createHmac('sha256', secret).update(body).digest('hex');
    const wrong = await diagnose({ provider: 'scalev', headers: header(hex), body, secret });
    expect(wrong).toMatchObject({ genuine: false, findings: [{ name: 'encoding-hex' }] });
    const computed = signed(secret, `${body}\n`);
    const theirs = await diagnose({ provider: 'scalev', headers: header(signed(secret)), body, secret, computed });
    expect(theirs).toMatchObject({ side: 'computed', genuine: false, findings: [{ dimension: 'body' }] });
    expect(JSON.stringify([wrong, theirs])).not.toContain(secret);
  });

  it('reads a capture', async () => {
    const capture = `POST /hooks HTTP/1.1\r\nHost: localhost\r\nX-Scalev-Hmac-Sha256: ${signed(secret)}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    expect(await diagnose({ capture, secret })).toMatchObject({ provider: 'scalev', genuine: true });
  });

  it.each([
    [{}, /^Which request\? Give its options\.headers and options\.body as they came, or options\.capture\./],
    [{ capture: 'nothing' }, /^options\.capture: .*options\.body/],
    [{ capture: 'a', body: 'b' }, /^options\.capture is a whole request/],
    [{ headers: {}, body: '' }, /Name the provider: options\.provider: '<provider>'/],
    [{ headers: {}, body: '', provider: 'scalev', computed: '' }, /^options\.computed is empty/],
    [{ headers: {}, body: '', entry: 2 }, /^options\.entry chooses from a capture/],
  ])('names what is missing: %j', async (given, message) => {
    await expect(diagnose({ secret, ...given } as Parameters<typeof diagnose>[0])).rejects.toThrow(message);
  });
});
