import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loggedProject } from '../log/project.js';
import { captureServer } from '../support/capture.js';

const rejecting = () => captureServer('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
const hour = 3_600_000;
/** Stripe's signature of a body at a time, as its documents tell. */
const stripeSignature = (secret: string, time: string, body: Buffer) =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');

describe('verify of a delivery in the log', () => {
  it('judges a signed time as of when it was sent, with the secret that sent it', async () => {
    const project = loggedProject();
    const server = await rejecting();
    const then = Date.now();
    const env = { STRIPE_WEBHOOK_SECRET: 'whsec_mine' };
    const sent = await project.run(['send', 'stripe', 'payment_intent.succeeded', '--to', server.url], {
      env,
      now: then,
    });
    expect(sent.stderr).toContain(
      `To see why: webhook-sim verify last (or test the receiver: webhook-sim check stripe --to ${server.url}`,
    );
    const [kept] = await project.kept();
    for (const name of ['last', kept.key.slice(0, 8), kept.key, kept.id]) {
      const { exitCode, stdout, stderr } = await project.run(['verify', name], { env, now: then + 48 * hour });
      expect(stderr).toContain(
        `Delivery ${kept.key.slice(0, 8)} of the log (stripe payment_intent.succeeded), sent at ${kept.attempts[0].startedAt}, and verified as of then.\n`,
      );
      expect(stderr).toContain('verified with the secret of env:STRIPE_WEBHOOK_SECRET');
      expect(stdout).toContain('✓ genuine');
      expect(stdout).toContain('Give the value that it computed with --computed');
      expect(exitCode).toBe(0);
    }
    const late = await project.run(['verify', 'last', '--now', new Date(then + 48 * hour).toISOString()], { env });
    expect(late.stdout).toContain('✗');
    expect(late.exitCode).toBe(1);
  });

  it('tells which mistake gives what the receiver computed', async () => {
    const project = loggedProject();
    const server = await rejecting();
    await project.run(['send', 'stripe', 'payment_intent.succeeded', '--to', server.url, '--secret', 'whsec_a']);
    const [{ header, body }] = server.requests as [(typeof server.requests)[number]];
    const time = /t=(\d+)/.exec(header('Stripe-Signature')!)![1]!;
    expect(header('Stripe-Signature')).toContain(stripeSignature('whsec_a', time, body));
    const compact = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    const computed = stripeSignature('whsec_a', time, compact);
    const { stdout, exitCode } = await project.run(['verify', 'last', '--computed', computed, '--secret', 'whsec_a']);
    expect(stdout).toContain("your receiver's value is not the signature");
    expect(stdout).toContain('parsed');
    expect(exitCode).toBe(1);
  });

  it('says what it can not judge of a header whose value was not kept', async () => {
    const project = loggedProject();
    const server = await rejecting();
    await project.run(['send', 'gitlab', 'push', '--to', server.url, '--secret', 'token-of-then']);
    const [kept] = await project.kept();
    expect(kept.request.headers).toContainEqual(['X-Gitlab-Token', expect.stringMatching(/^\(secret /)]);
    const other = await project.run(['verify', 'last', '--secret', 'token-of-now']);
    expect(other.stdout).toContain('Not judged: X-Gitlab-Token.');
    expect(other.exitCode).toBe(1);
    const same = await project.run(['verify', 'last', '--secret', 'token-of-then']);
    expect(same.stdout).not.toContain('Not judged');
    expect(same.exitCode).toBe(0);
    const given = ['-H', 'X-Gitlab-Token: token-of-then', '--secret', 'token-of-then'];
    expect((await project.run(['verify', 'last', ...given])).exitCode).toBe(0);
  });

  it('takes last and keys for the log, and ./ before them for files', async () => {
    const project = loggedProject();
    const body = '{}';
    const signature = createHmac('sha256', 'its secret').update(body).digest('base64');
    for (const name of ['last', 'abcdef01', 'last.http'])
      writeFileSync(join(project.cwd, name), `POST / HTTP/1.1\r\nX-Scalev-Hmac-Sha256: ${signature}\r\n\r\n${body}`);
    for (const name of ['last', 'abcdef01']) {
      const { stderr, exitCode } = await project.run(['verify', name]);
      expect(stderr).toMatch(/The log has no (such )?delivery/);
      expect(stderr).toContain(`For the file of this name write ./${name}\n`);
      expect(exitCode).toBe(2);
    }
    for (const name of ['./last', './abcdef01', 'last.http'])
      expect((await project.run(['verify', name, '--secret', 'its secret'])).exitCode, name).toBe(0);
    const nothing = await project.run(['verify', 'nothing-of-this-name']);
    expect(nothing.stderr).toContain('nothing-of-this-name: there is no such file');
    const two = await project.run(['verify', 'scalev', 'last', '--body', 'last.http']);
    expect(two.exitCode).toBe(2);
  });
});

describe('verify without a provider', () => {
  const requestOf = (...headers: string[]) => `POST / HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n{}`;

  it('recognizes it by its signature headers', async () => {
    const project = loggedProject();
    const stdin = requestOf('X-GitHub-Event: push', 'X-Hub-Signature-256: sha256=00', 'Authorization: Basic eDp5');
    const { stderr, exitCode } = await project.run(['verify', '-'], { stdin });
    expect(stderr).toContain('Recognized as a request of GitHub (github) by its signature.');
    expect(exitCode).toBe(1);
  });

  it('recognizes one that signs in the body', async () => {
    const stdin =
      'POST / HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"signature":{"timestamp":"1","token":"a","signature":"b"}}';
    const { stderr } = await loggedProject().run(['verify', '-'], { stdin });
    expect(stderr).toContain('(mailgun)');
  });

  it("takes a user's own, and lists two that it may be", async () => {
    const description = (name: string) =>
      JSON.stringify({
        name,
        title: name,
        headers: [['X-Own-Signature', '{signature}']],
        signatures: { signature: { scheme: 'hmac', hash: 'sha256', encoding: 'hex', content: '{body}' } },
        events: { 'a.b': { title: 'A' } },
      });
    const project = loggedProject({
      'webhook-sim.config.yaml': 'providers: [./one.json, ./two.json]\n',
      'one.json': description('one'),
      'two.json': description('two'),
    });
    const { stderr, exitCode } = await project.run(['verify', '-'], { stdin: requestOf('X-Own-Signature: 00') });
    expect(stderr).toContain('This may be a request of one or two. Say whose it is: webhook-sim verify one -\n');
    expect(exitCode).toBe(2);
  });

  it('says how to name one that it does not know', async () => {
    const { stderr, exitCode } = await loggedProject().run(['verify', '-'], { stdin: requestOf('X-Nobody: 1') });
    expect(stderr).toContain('Name the provider: webhook-sim verify <provider> -');
    expect(exitCode).toBe(2);
  });
});

describe('the hint where a signature is rejected', () => {
  const order = ['send', 'scalev', 'order.created'];

  it('names the delivery by its key where several were sent', async () => {
    const project = loggedProject();
    const server = await rejecting();
    const { stderr } = await project.run(['send', 'scalev', 'order.created', 'order.updated', '--to', server.url]);
    const [first] = await project.kept();
    expect(stderr.match(/hint:/g)).toHaveLength(1);
    expect(stderr).toContain(`To see why: webhook-sim verify ${first.key.slice(0, 8)} (or`);
    expect((await project.run(['verify', first.key.slice(0, 8)])).exitCode).toBe(0);
  });

  it.each([
    ['with --no-log', ['--no-log'], {}],
    ['under CI', [], { CI: 'true' }],
  ])('names the check alone where nothing is kept: %s', async (_, flags, env) => {
    const project = loggedProject();
    const server = await rejecting();
    const { stderr } = await project.run([...order, '--to', server.url, ...flags], { env });
    expect(stderr).toContain(`To see what the receiver gets wrong: webhook-sim check scalev --to ${server.url}`);
    expect(stderr).not.toContain('webhook-sim verify');
  });

  it('repeats where the secret comes from, and never the secret', async () => {
    const project = loggedProject();
    const server = await rejecting();
    const env = { MINE: 'its own secret' };
    const named = await project.run([...order, '--to', server.url, '--secret', 'env:MINE'], { env });
    expect(named.stderr).toContain('webhook-sim verify last --secret env:MINE (or');
    expect((await project.run(['verify', 'last', '--secret', 'env:MINE'], { env })).exitCode).toBe(0);
    const typed = await project.run([...order, '--to', server.url, '--secret', 'its own secret'], { env });
    expect(typed.stderr).toContain("webhook-sim verify last --secret '…' (or");
    expect(typed.stderr).not.toContain('its own secret');
  });

  it('is of flows and resends, too', async () => {
    const project = loggedProject();
    const server = await rejecting();
    const flow = await project.run(['flow', 'scalev', 'fulfilment', '--speed', 'instant', '--to', server.url]);
    const key = /webhook-sim verify ([0-9a-f]{8}) /.exec(flow.stderr)![1]!;
    expect((await project.run(['verify', key])).exitCode).toBe(0);
    expect((await project.run(['resend'])).stderr).toContain('To see why: webhook-sim verify last (or');
  });

  it('of check is to send the plain event alone', async () => {
    const project = loggedProject();
    const server = await rejecting();
    const { stderr } = await project.run(['check', 'scalev', '--only', 'plain', '--to', server.url]);
    expect(stderr).toMatch(/To see why, send it alone: webhook-sim send scalev \S+ --to http:/);
    expect(stderr).not.toContain('verify last');
  });
});
