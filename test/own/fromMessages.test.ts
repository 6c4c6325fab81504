import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const body = '{"type":"note.made"}';
const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
const componentValues: Readonly<Record<string, string>> = {
  '@method': 'POST',
  '@target-uri': 'https://hooks.example/hook?a=1',
  '@scheme': 'https',
  '@authority': 'hooks.example',
  '@path': '/hook',
  '@query': '?a=1',
  'content-digest': digest,
};

/** A request whose signature covers components, as RFC 9421 writes its base (section 2.5). */
function captureOf(components: readonly string[]): string {
  const parameters = `(${components.map((each) => `"${each}"`).join(' ')});created=1769850000;keyid="k1";alg="hmac-sha256"`;
  const base = [
    ...components.map((each) => `"${each}": ${componentValues[each]}`),
    `"@signature-params": ${parameters}`,
  ];
  return [
    'POST /hook?a=1 HTTP/1.1',
    'Host: hooks.example',
    'Content-Type: application/json',
    `Content-Digest: ${digest}`,
    `Signature-Input: sig1=${parameters}`,
    `Signature: sig1=:${createHmac('sha256', 'its secret').update(base.join('\n')).digest('base64')}:`,
    '',
    body,
  ].join('\r\n');
}

/** HTTP text does not say whether its connection was encrypted. */
describe('provider new --from finds a signature by RFC 9421', () => {
  it.each([
    ['the method and the path', ['@method', '@path', '@query', 'content-digest'], 'http:'],
    ['the address, which was https', ['@method', '@target-uri', 'content-digest'], 'https:'],
    ['the scheme, which was https', ['@scheme', '@authority', '@path', 'content-digest'], 'https:'],
  ])('over %s', async (_, components, scheme) => {
    const cwd = folderOf({ capture: captureOf(components) });
    const env = { ACME_WEBHOOK_SECRET: 'its secret' };
    const argv = ['provider', 'new', 'acme', '--from', 'capture', '--secret', 'its secret', '--event', 'note.made'];
    const { stderr, exitCode } = await cli(argv, { cwd });
    expect(stderr).toContain('Signature is an HTTP message signature (RFC 9421, hmac-sha256)');
    expect(stderr).toContain("Proven: the capture's own text came out.");
    expect(exitCode).toBe(0);
    const [vector] = JSON.parse(readFileSync(join(cwd, 'webhooks/acme/vectors.json'), 'utf8')) as { url: string }[];
    expect(new URL(vector!.url).protocol).toBe(scheme);
    const tested = await cli(['provider', 'test', 'acme', '--json'], { cwd, env });
    expect(tested.json.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
});
