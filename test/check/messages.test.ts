import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { type Judged, judgingServer } from '../support/judgingServer.js';

const secret = 'a-secret-of-the-test';
const demanded = ['@method', '@target-uri', 'content-type', 'content-digest'];

interface Receiver {
  /** Whether what has to be covered stands in its code. */
  readonly demands: boolean;
  readonly comparesDigest: boolean;
  /** Whether a message without a digest is judged at all. */
  readonly needsDigest: boolean;
}

const right: Receiver = { demands: true, comparesDigest: true, needsDigest: true };

/** A verifier of RFC 9421, by hand, with what it forgets. */
function rejection(receiver: Receiver, { incoming, text }: Judged): string | null {
  const headers: IncomingHttpHeaders = incoming.headers;
  const digest = headers['content-digest'];
  if (digest === undefined && !receiver.needsDigest) return null;
  const input = /^sig1=(\(([^)]*)\)(?:;[a-z]+=(?:\d+|"[^"]*"))*)$/.exec(String(headers['signature-input'] ?? ''));
  const [, signature = ''] = /^sig1=:([A-Za-z0-9+/=]+):$/.exec(String(headers.signature ?? '')) ?? [];
  if (!input || signature === '') return 'no signature';
  const names = [...input[2]!.matchAll(/"([^"]+)"/g)].map((found) => found[1]!);
  if (receiver.demands && !demanded.every((name) => names.includes(name))) return 'not covered';
  const created = Number(/;created=(\d+)/.exec(input[1]!)?.[1]);
  if (!(Math.abs(Date.now() / 1000 - created) < 300)) return 'old';
  if (/;alg="(?!hmac-sha256")/.test(input[1]!)) return 'another algorithm';
  const values: Record<string, string | undefined> = {
    '@method': incoming.method,
    '@target-uri': `http://${headers.host}${incoming.url}`,
    ...(headers as Record<string, string>),
  };
  if (names.some((name) => values[name] === undefined)) return 'a component is missing';
  const base = [...names.map((name) => `"${name}": ${values[name]}`), `"@signature-params": ${input[1]}`].join('\n');
  if (createHmac('sha256', secret).update(base).digest('base64') !== signature) return 'wrong';
  if (!receiver.comparesDigest || digest === undefined) return null;
  return digest === `sha-256=:${createHash('sha256').update(text).digest('base64')}:` ? null : 'another body';
}

async function checked(receiver: Receiver) {
  const cwd = folderOf({});
  const events = ['--event', 'order.created', '--event', 'order.paid'];
  expect((await cli(['provider', 'new', 'acme', '--scheme', 'rfc9421-hmac', ...events], { cwd })).exitCode).toBe(0);
  const server = await judgingServer(async (request) => rejection(receiver, request));
  const { exitCode, json } = await cli(['check', 'acme', '--to', server.url, '--secret', secret, '--json'], { cwd });
  const accepted = json.flatMap(({ type, name, verdict }) => (type === 'case' && verdict === 'finding' ? [name] : []));
  const { findings } = json.at(-1) as { findings: { name: string }[] };
  return { exitCode, accepted, findings: findings.map(({ name }) => name) };
}

describe('check, of a receiver that verifies signatures by RFC 9421', () => {
  it('has no finding about one that is right', async () => {
    const { findings } = await checked(right);
    expect(findings.filter((name) => !name.startsWith('slow'))).toEqual([]);
  });

  it.each<[string, Partial<Receiver>, readonly string[]]>([
    ['coverage-chosen-by-request', { demands: false }, ['uncovered-body', 'uncovered-request']],
    ['body-not-bound', { comparesDigest: false }, ['tampered-body', 'other-event-signature']],
    ['missing-digest-accepted', { needsDigest: false }, ['stripped-digest']],
  ])('names the finding %s', async (name, fault, accepted) => {
    const found = await checked({ ...right, ...fault });
    expect(found.exitCode).toBe(1);
    expect(found.findings).toContain(name);
    expect(found.accepted).toEqual(expect.arrayContaining([...accepted]));
  });
});
