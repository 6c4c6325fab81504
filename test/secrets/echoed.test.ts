import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer } from '../suite/run.js';
import { type Captured, captureServer } from '../support/capture.js';
import { type CliOptions, cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const env = {
  SECRET: 'CANARY/signing+key=7f3a&<91>',
  TOKEN: 'CANARY-token-55e1',
  OTHER: 'CANARY-of-another-provider-81c2',
  GITHUB_ACTIONS: 'true',
};
const kinds = ['junit', 'tap', 'sarif', 'html', 'har', 'json'];

/** All that a text can be made of it without our code; HTML as PHP, Go and Handlebars write it. */
const encodings: Record<string, (text: string) => string> = {
  raw: (text) => text,
  hex: (text) => Buffer.from(text).toString('hex'),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  url: (text) => encodeURIComponent(text),
  json: (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  php: (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  buffer: (text) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
};

const secrets = [env.SECRET, env.TOKEN, env.OTHER];
const forbidden = secrets.flatMap((secret) =>
  Object.values(encodings).map((encode) => encode(secret).replace(/^"|"$/g, '')),
);

/** Echoes what it knows, with a status that is not expected, so that reports quote it. */
function leak(status: number) {
  return (_: Captured) => {
    const lines = secrets.flatMap((secret) =>
      Object.entries(encodings).map(([name, encode]) => `${name}: ${encode(secret)}`),
    );
    const wrapped = Buffer.from(`{"all":"${env.SECRET} ${env.TOKEN}"}`).toString('base64');
    const binary = '\xff\xfe';
    const body = `${lines.join('\n')}\n${wrapped}\n${lines.join(' ')}`;
    const headers = { 'X-Key': env.SECRET, 'X-Hex': encodings.hex!(env.SECRET), [`X-${env.TOKEN}`]: 'name' };
    return answer(status, status === 500 ? body : binary + body, headers);
  };
}

const config = `
secrets: { scalev: env:SECRET, webconnex: env:OTHER }
targets:
  mine: { url: RECEIVER, header: { X-Api-Token: env:TOKEN } }
target: mine
`;
const suite = `
cases:
  - { send: scalev order.created, expect: 200 }
  - { send: scalev order.created, expect: { status: 500, body: nothing of it } }
  - { send: scalev order.created, expect: { status: 500, header: { X-Key: another } } }
  - { flow: scalev fulfilment, expect: 200 }
  - { check: scalev, only: [plain, no-signature] }
`;

async function runLeaking(args: readonly string[], status = 500, options: CliOptions = {}) {
  const server = await captureServer(leak(status));
  const cwd = folderOf({
    'webhook-sim.config.yaml': config.replaceAll('RECEIVER', `${server.url}`),
    'smoke.webhooks.yaml': suite,
    'summary.md': '',
  });
  const { stdout, stderr, exitCode } = await cli(args, {
    cwd,
    ...options,
    env: { ...env, GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'), XDG_STATE_HOME: join(cwd, 'state') },
  });
  const files = readdirSync(cwd, { recursive: true, encoding: 'utf8' })
    .filter((name) => /report\.|summary\.md|state.*jsonl/.test(name))
    .map((name) => [name, readFileSync(join(cwd, name), 'utf8')] as const);
  return {
    cwd,
    exitCode,
    requests: server.requests,
    outputs: [['stdout', stdout], ['stderr', stderr], ...files] as const,
  };
}

const reports = kinds.flatMap((kind) => ['--report', `${kind}=report.${kind}`]);

describe('what a receiver sends back of our secrets', () => {
  it.each([
    { args: ['run', ...reports] },
    { args: ['run', '-v'] },
    { args: ['run', '--json'] },
    { args: ['check', 'scalev', '--only', 'plain', ...reports] },
    { args: ['check', 'scalev', '--only', 'plain', '--json'] },
    { args: ['send', 'scalev', 'order.created'] },
    { args: ['send', 'scalev', 'order.created', '-v', '--retry', '--schedule', '1s', '--speed', 'instant'] },
    { args: ['send', 'scalev', 'order.created', '--json'] },
    { args: ['flow', 'scalev', 'fulfilment', '-v'] },
    { args: ['flow', 'scalev', 'fulfilment', '--json'] },
  ])('is masked in every output: $args', async ({ args }) => {
    for (const status of args.includes('--report') ? [503] : [500, 503]) {
      const { outputs, requests, exitCode } = await runLeaking(args, status);
      expect(requests.length, outputs.map(([, text]) => text).join('')).toBeGreaterThan(0);
      expect(exitCode).toBe(1);
      for (const [name, text] of outputs) {
        for (const canary of forbidden) {
          expect(text.includes(canary) ? `${name} holds ${canary}` : null).toBe(null);
        }
        for (const [, encoded] of text.matchAll(/"(?:bodyBase64|text)":"([A-Za-z0-9+/=]{40,})"/g)) {
          const decoded = Buffer.from(encoded!, 'base64').toString('latin1');
          for (const canary of forbidden) expect(decoded).not.toContain(canary);
        }
      }
      const all = outputs.map(([, text]) => text).join('\n');
      if (!args.includes('-q')) expect(all).toContain('(secret)');
    }
  });

  it('is masked where it names the coding of a body', async () => {
    const server = await captureServer(() => answer(200, 'ok', { 'Content-Encoding': env.SECRET }));
    for (const more of [['--json'], ['-v']]) {
      const args = ['send', 'scalev', 'order.created', '--to', server.url, '--secret', 'env:SECRET', ...more];
      const { stdout, exitCode } = await cli(args, { env });
      expect(exitCode).toBe(0);
      expect(stdout.toLowerCase()).not.toContain(env.SECRET.toLowerCase());
      expect(stdout).toContain('(secret)');
    }
  });

  it('is masked where it is a key of a state that differs between equal runs', async () => {
    let asked = 0;
    const state = () => answer(200, JSON.stringify({ [env.SECRET]: asked++ }));
    const server = await captureServer(({ requestLine }) => (requestLine.startsWith('GET') ? state() : answer(200)));
    for (const more of [['--json'], []]) {
      const args = ['flow', 'bharatcart', 'order', '--to', server.url, '--secret', 'env:SECRET'];
      const { stdout } = await cli([...args, '--orders', '--probe', server.url, ...more], { env });
      expect(stdout).toMatch(more.length > 0 ? /"ignored":\[[^\]]*\(secret\)/ : /\(secret\)/);
      expect(stdout).not.toContain(env.SECRET);
    }
  });
});
