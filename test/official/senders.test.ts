import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Listening, listening } from '../listen/listening.js';
import { areInstalled, load } from './packages.js';

const verdicts = ({ lines }: Listening) =>
  lines.filter(({ type }) => type === 'received').map(({ event, verdict, reason }) => ({ event, verdict, reason }));

const rulesOf = ({ lines }: Listening) =>
  Object.fromEntries(
    lines.find(({ type }) => type === 'sender').rules.map(({ name, ok }: { name: string; ok: boolean }) => [name, ok]),
  );

/** Signs as the class `Webhook` of `svix` and `standardwebhooks` does. */
interface SigningClass {
  new (secret: string): { sign(id: string, at: Date, body: string): string };
}

describe.skipIf(!areInstalled)(
  areInstalled ? 'listen hears senders that sign with' : 'skipped: npm run test:official installs the packages: listen',
  () => {
    it.each([
      ['svix', 'svix', 'svix'],
      ['standardwebhooks', 'standard-webhooks', 'webhook'],
    ])('%s and retry by the rule book', async (name, provider, prefix) => {
      const secret = `whsec_${Buffer.from('a key of twenty-four byte').toString('base64')}`;
      const { Webhook } = await load<{ Webhook: SigningClass }>(name);
      let now = Date.now();
      const argv = ['--count', '6', '--script', '500x3,200', '--expect-sender', provider, '--secret', secret];
      const open = await listening(argv, { now: () => now });
      const attempt = async (id: string, body: string) => {
        const at = new Date(now);
        const headers = {
          'content-type': 'application/json',
          [`${prefix}-id`]: id,
          [`${prefix}-timestamp`]: String(Math.floor(now / 1000)),
          [`${prefix}-signature`]: new Webhook(secret).sign(id, at, body),
        };
        return (await fetch(open.url, { method: 'POST', headers, body })).status;
      };
      // The schedule that Svix documents and Standard Webhooks recommends begins so.
      const waits = [5000, 300_000, 1_800_000];
      for (const [number, body] of ['{"type":"a","n":1}', '{"type":"a","n":2}', '{"type":"a","n":3}'].entries()) {
        let tries = 0;
        while ((await attempt(`msg_${number}`, body)) !== 200) now += waits[tries++]!;
      }
      expect((await open.ended).exitCode).toBe(0);
      expect(rulesOf(open)).toMatchObject({
        signature: true,
        'signed-time': true,
        'id-per-delivery': true,
        'id-over-retries': true,
        'stops-after-success': true,
        retries: true,
        'back-off': true,
      });
    });

    it("Octokit: all of its fixtures are recognized as GitHub's events, and verify", async () => {
      const file = join(import.meta.dirname, 'node_modules/@octokit/webhooks-examples/api.github.com/index.json');
      const fixtures = JSON.parse(readFileSync(file, 'utf8')) as { name: string; examples: object[] }[];
      const { sign } = await load<{ sign(secret: string, body: string): Promise<string> }>('@octokit/webhooks-methods');
      const sent = fixtures.flatMap(({ name, examples }) => examples.map((payload) => ({ name, payload })));
      expect(sent.length).toBeGreaterThan(100);
      const open = await listening(['--count', String(sent.length), '-q']);
      for (const [number, { name, payload }] of sent.entries()) {
        const body = JSON.stringify(payload);
        const headers = {
          'Content-Type': 'application/json',
          'X-GitHub-Event': name,
          'X-GitHub-Delivery': `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
          'X-Hub-Signature': `sha1=${createHmac('sha1', 'shared').update(body).digest('hex')}`,
          'X-Hub-Signature-256': await sign('shared', body),
        };
        expect((await fetch(open.url, { method: 'POST', headers, body })).status).toBe(200);
      }
      expect((await open.ended).exitCode).toBe(0);
      const wrong = verdicts(open).filter(
        ({ event, verdict }, at) => verdict !== 'genuine' || event?.split('.')[0] !== sent[at]!.name,
      );
      expect(wrong).toEqual([]);
    });
  },
);

/** Signs as GitHub documents it, with openssl, and sends with curl: in one piece, in chunks after `100-continue`, and with a wrong secret. */
const curlScript = `
send() {
  sha1=$(printf %s "$BODY" | openssl dgst -sha1 -hmac "$1" | sed 's/.* //')
  sha256=$(printf %s "$BODY" | openssl dgst -sha256 -hmac "$1" | sed 's/.* //'); shift
  printf %s "$BODY" | curl -s -o /dev/null -w '%{http_code} ' --data-binary @- -H 'Content-Type: application/json' \
    -H 'X-GitHub-Event: ping' -H 'X-GitHub-Delivery: 0d8d2b2e-0000-4000-8000-000000000001' -H "X-Hub-Signature: sha1=$sha1" \\
    -H "X-Hub-Signature-256: sha256=$sha256" "$@" "$URL"
}
send shared && send shared -H 'Transfer-Encoding: chunked' -H 'Expect: 100-continue' && send wrong`;

it.runIf(['curl', 'openssl'].every((name) => existsSync(`/usr/bin/${name}`)))(
  'listen hears curl: whole bodies, chunks after 100-continue, and what another secret signed',
  async () => {
    const open = await listening(['github', '--count', '3', '--reject']);
    const env = { PATH: '/usr/bin:/bin', URL: open.url, BODY: '{"zen":"Keep it logically awesome.","hook_id":1}' };
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', curlScript], { env });
    expect(stdout).toBe('200 200 401 ');
    expect((await open.ended).exitCode).toBe(1);
    expect(verdicts(open).map(({ event, verdict }) => [event, verdict])).toEqual([
      ['ping', 'genuine'],
      ['ping', 'genuine'],
      ['ping', 'false'],
    ]);
  },
);
