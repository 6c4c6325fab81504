import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { hmacTools } from './hmacTools.js';

const secrets = ['scalev-sample-secret', 'geheim-Größe-☕-𝒳', ' with "quotes", $dollars and \\ '];
const texts: Record<string, string[]> = {
  'as it is shipped': [],
  'with text beyond ASCII and beyond the first plane': [
    '--set',
    'data.destination_address.name=Zoë Łęcka 東京 ☕ 👩‍👩‍👧 𝒳\u2028',
  ],
};
const cases = Object.keys(hmacTools).flatMap((tool) =>
  secrets.flatMap((secret) => Object.keys(texts).map((text) => ({ tool, secret, text }))),
);

describe('the signature on the wire', () => {
  it.each(cases)('is what $tool computes with the secret $secret over a body $text', async ({ tool, secret, text }) => {
    const server = await captureServer();
    const flags = ['--to', server.url, '--secret', secret, ...texts[text]!];
    expect((await cli(['send', 'scalev', 'order.created', ...flags])).exitCode).toBe(0);
    const { body, header } = server.requests[0]!;
    if (flags.includes('--set')) expect(body.toString()).toContain('Zoë Łęcka 東京 ☕ 👩‍👩‍👧 𝒳\u2028');
    const signature = header('X-Scalev-Hmac-Sha256');
    expect(signature).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(signature).toBe(hmacTools[tool]!(secret, body));
    expect(signature).not.toBe(hmacTools[tool]!(secret, body.subarray(1)));
  });

  it.each(Object.keys(hmacTools))('is what %s computes over bytes that are no text', async (tool) => {
    const server = await captureServer();
    const stdin = Buffer.from([0x00, 0xff, 0xc3, 0x28, 0x0d, 0x0a, 0xed, 0xa0, 0x80, 0x00]);
    const argv = ['send', 'scalev', 'order.created', '--to', server.url, '--secret', 's', '--raw', '-'];
    expect((await cli(argv, { stdin })).exitCode).toBe(0);
    expect(server.requests[0]!.body.equals(stdin)).toBe(true);
    expect(server.requests[0]!.header('X-Scalev-Hmac-Sha256')).toBe(hmacTools[tool]!('s', stdin));
  });
});
