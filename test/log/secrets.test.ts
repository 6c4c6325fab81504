import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Captured, captureServer } from '../support/capture.js';
import { filesBelow, loggedProject } from './project.js';

const canaries = {
  signing: 'CANARY-signing-7f3a',
  rotated: 'CANARY-rotated-91cc',
  bearer: 'CANARY-bearer-5d1e',
  cookie: 'CANARY-cookie-20ab',
  password: 'CANARY-password-e8f7',
  configured: 'CANARY-configured-3b3b',
};

/** Answers with the whole request, as many receivers do while they are written. */
const echo = ({ head, body, header }: Captured) => {
  const basic = header('Authorization')?.replace('Basic ', '') ?? '';
  const decoded = Buffer.from(basic, 'base64').toString('latin1');
  const text = `decoded: ${decoded}\n${head}\n${body.toString('latin1')}`;
  return `HTTP/1.1 500 -\r\nX-Echo: ${JSON.stringify(head).slice(0, 2000)}\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
};

describe('the log holds no secret:', () => {
  it('not one of any kind, though the receiver echoes them all', async () => {
    const server = await captureServer(echo);
    const project = loggedProject({
      'webhook-sim.config.yaml': `targets:\n  echo:\n    url: ${server.url}/hook\n    header: { X-Env: "env:FROM_ENV" }\n`,
      'signing.txt': `${canaries.signing}\n`,
    });
    const argv = [
      'send',
      'scalev',
      'order.created',
      '-v',
      '--secret',
      'file:signing.txt',
      '--secret',
      canaries.rotated,
    ];
    const headers = ['-H', `X-Api-Token: Bearer ${canaries.bearer}`, '-H', `Cookie: session=${canaries.cookie}`];
    const env = { FROM_ENV: canaries.configured };
    const address = server.url.replace('//', `//user:${canaries.password}@`);
    const named = await project.run([...argv, '--to', 'echo', ...headers], { env });
    const direct = await project.run([...argv, '--to', address]);
    expect([named.exitCode, direct.exitCode]).toEqual([1, 1]);
    // They did come back: the echo is what -v shows, without them.
    expect(named.stdout).toContain('    X-Env: (secret)\n');
    expect(direct.stdout).toContain('decoded: (secret)');
    for (const canary of Object.values(canaries)) expect(named.stdout + direct.stdout).not.toContain(canary);
    const [first, second] = await project.kept();
    const marked = ({ request }: typeof first) =>
      request.headers.flatMap(([name, value]: string[]) => (/^\(secret [0-9a-f]{8}\)$/.test(value!) ? [name] : []));
    expect(marked(first)).toEqual(['X-Env', 'X-Api-Token', 'Cookie']);
    expect(marked(second)).toEqual(['Authorization']);
    expect(first.attempts[0].response.body).toContain('X-Env: (secret)');
    expect(second.attempts[0].response.body).toContain('decoded: (secret)');
    expect(project.texts()).toContain('order.created');
    for (const canary of Object.values(canaries)) expect(project.texts(), canary).not.toContain(canary);
    expect(project.texts()).not.toContain(Buffer.from(`user:${canaries.password}`).toString('base64'));
  });

  it('not in a header of an innocent name, nor in a body, which is then not kept', async () => {
    const server = await captureServer();
    const project = loggedProject();
    const { signing } = canaries;
    const argv = ['send', 'scalev', 'order.created', '--to', server.url, '--secret', signing];
    await project.run([...argv, '-H', `X-Debug: key=${signing}`, '--set', `data.notes=${signing}`]);
    expect(server.requests[0]!.body.toString()).toContain(signing);
    const [{ request, key }] = await project.kept();
    expect(request.body).toBeNull();
    expect(request.headers).toContainEqual(['X-Debug', expect.stringMatching(/^\(secret /)]);
    expect(project.texts()).not.toContain(signing);
    expect((await project.run(['log', 'last'])).stdout).toContain('its body was not kept');
    const { stderr, exitCode } = await project.run(['resend']);
    expect(stderr).toMatch(new RegExp(`^webhook-sim: The value of the header X-Debug of ${key.slice(0, 8)} `));
    expect([exitCode, server.requests.length]).toEqual([2, 1]);
  });

  it('but the sample secret, which is public, takes nothing away', async () => {
    const server = await captureServer();
    const project = loggedProject();
    await project.run([
      'send',
      'scalev',
      'order.created',
      '--to',
      server.url,
      '--set',
      'data.notes=scalev-sample-secret',
    ]);
    const [{ request }] = await project.kept();
    expect(request.body).toBe(server.requests[0]!.body.toString());
  });

  it('nor anything but the log and its project', async () => {
    const project = loggedProject();
    await project.run(['send', 'scalev', 'order.created', '-q', '--to', 'demo']);
    const names = filesBelow(project.state).map((path) =>
      path.replace(project.state, '').replace(/[0-9a-f]{16}/, 'HASH'),
    );
    expect(names.sort()).toEqual(['/webhook-sim/log/HASH/deliveries.jsonl', '/webhook-sim/log/HASH/project.json']);
    expect(readFileSync(filesBelow(project.state)[0]!, 'utf8')).not.toMatch(/[\u007f-\u009f]/);
  });
});
