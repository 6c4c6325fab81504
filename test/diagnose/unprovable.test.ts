import { expect, it } from 'vitest';
import { verify, verifyAsync } from '../../src/index.js';
import { listening } from '../listen/listening.js';
import { loggedProject } from '../log/project.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

const body = '{"push_data":{"tag":"1.4"},"repository":{"repo_name":"senjakopi/shop"}}';
const capture = `POST /hooks HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body}`;
const nothing = 'nothing in a request of Docker Hub proves who sent it';

it('verify does not call genuine what nobody signed', async () => {
  const { exitCode, stdout, stderr } = await cli(['verify', 'docker-hub', '-'], { stdin: capture });
  expect(stdout).toBe(
    `? not judged: ${nothing}\n  next    Put a secret into the address of the webhook, such as https://…/hooks?token=…, and compare it; or take requests from the provider's addresses only.\n`,
  );
  expect(stderr).not.toContain('verified with');
  expect(exitCode).toBe(1);
  const { json } = await cli(['verify', 'docker-hub', '-', '--json'], { stdin: capture });
  expect(json).toEqual([expect.objectContaining({ genuine: false, proof: 'nothing', secret: null, findings: [] })]);
  const computed = await cli(['verify', 'docker-hub', '-', '--computed', 'abc'], { stdin: capture });
  expect(computed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Docker Hub signs nothing') });
});

it('the library does not call it verified either', async () => {
  const request = { provider: 'docker-hub', headers: { 'content-type': 'application/json' }, body, secret: 'any' };
  expect(verify(request)).toEqual({ ok: false, reason: nothing });
  expect(await verifyAsync(request)).toEqual({ ok: false, reason: nothing });
});

it('listen takes it, unjudged, also where it rejects what does not verify', async () => {
  const open = await listening(['docker-hub', '--reject', '--count', '1']);
  const { status } = await fetch(open.url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect(status).toBe(200);
  expect((await open.ended).exitCode).toBe(0);
  expect(open.lines[1]).toMatchObject({ verdict: 'unknown', reason: 'nothing in it proves who sent it' });
  expect(open.lines.at(-1)).toMatchObject({ received: 1, genuine: 0, false: 0, unknown: 1 });
});

it('send, resend, export and keys speak of no signature where there is none, and of no signing where a token is sent', async () => {
  const project = loggedProject();
  const rejecting = await captureServer('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
  const linesOf = async (argv: readonly string[]) => (await project.run(argv)).stderr;
  const sent = await linesOf(['send', 'docker-hub', 'push', '--to', rejecting.url, '--secret', 'mine']);
  expect(sent).toContain(', unsigned, as Docker Hub sends it; the secret of --secret is not used\n');
  expect(sent).toContain('hint: Docker Hub signs nothing: nothing in its requests proves who sent them');
  expect(await linesOf(['resend', 'last', '--to', 'demo', '--secret', 'mine'])).toContain(
    ', renewed, unsigned, as Docker Hub sends it',
  );
  expect(await linesOf(['send', 'docker-hub', 'push', '--to', 'demo'])).toContain(
    'It took it unverified: Docker Hub signs nothing.\n',
  );
  expect(await linesOf(['export', 'docker-hub', 'push', '--format', 'curl'])).toContain(
    '1 delivery of Docker Hub, unsigned, as Docker Hub sends it.',
  );
  expect(await linesOf(['keys', 'docker-hub'])).toContain('Docker Hub has no public key: it signs nothing.\n');

  const token = await linesOf(['send', 'gitlab', 'push', '--to', rejecting.url]);
  expect(token).toContain(', with the sample secret "gitlab-sample-secret-token"');
  expect(token).toContain('hint: With the sample secret in X-Gitlab-Token. Does the receiver hold the same secret?');
  expect(await linesOf(['send', 'gitlab', 'push', '--to', 'demo'])).toContain(
    'It compared the secret, which GitLab sends in each request.\n',
  );
});
