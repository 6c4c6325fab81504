import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Captured, captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { fiveProviders } from '../support/providers.js';
import { receiver } from '../support/receiver.js';
import { hmacTools } from '../wire/hmacTools.js';
import { filesBelow, loggedProject } from './project.js';

const order = ['send', 'scalev', 'order.created'];
const answer = (status: number) => `HTTP/1.1 ${status} -\r\nContent-Length: 0\r\n\r\n`;
const bytesOf = ({ head, body }: Captured) =>
  Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]).toString('latin1');

/** A server that keeps the bytes of each connection as they came. */
async function rawServer() {
  const seen: Buffer[][] = [];
  const server = createServer((socket) => {
    const chunks: Buffer[] = [];
    seen.push(chunks);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (text.length === text.indexOf('\r\n\r\n') + 4 + length) socket.end(answer(200));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, seen: () => seen.map((chunks) => Buffer.concat(chunks)) };
}

describe('resend', () => {
  it.each([
    ['a sample', []],
    ['an edited one', ['--set', 'data.notes=Größe ☕ \u2028 "x"', '-H', 'X-Own: é', '-H', 'content-type: text/plain']],
    ['bytes that are no text', ['--raw', '-']],
    ['a body of another form', ['--dialect', 'pretty']],
    ['a forgery', ['--forge', 'wrong-secret']],
    ['a forgery of the time', ['--forge', 'tampered-body']],
    ['a signature twice', ['--forge', 'false-header-first']],
    ['with its own secret', ['--secret', 'only-known-then']],
  ])('sends %s byte for byte', async (_, flags) => {
    const project = loggedProject();
    const server = await rawServer();
    const stdin = Buffer.from([0, 255, 0xc3, 0x28, 13, 10, 0xed, 0xa0, 0x80]);
    await project.run([...order, ...flags, '--to', `${server.url}/a/b?c=d`], { stdin });
    const { exitCode } = await project.run(['resend']);
    const [first, second, ...more] = server.seen();
    // The server accepts all, which is wrong of a forgery; two signatures are the work of one who holds the secret.
    expect(exitCode).toBe(flags.includes('--forge') && !flags.includes('false-header-first') ? 1 : 0);
    expect(more).toEqual([]);
    expect(first!.length).toBeGreaterThan(100);
    expect(second!.equals(first!)).toBe(true);
  });

  it.each(fiveProviders.map(({ name, defaultEvent }) => [name, defaultEvent]))(
    'does as %s does, whose resend is the same delivery again, with its signature of then',
    async (name, event) => {
      const project = loggedProject();
      const server = await captureServer();
      await project.run(['send', name, event, '--to', server.url, '--secret', 'of-then']);
      // Long after, with another secret in force.
      const later = { now: Date.now() + 86_400_000, env: { [`WEBHOOK_SIM_${name.toUpperCase()}_SECRET`]: 'of-now' } };
      expect((await project.run(['resend'], later)).exitCode).toBe(0);
      const [first, second] = server.requests;
      expect(bytesOf(second!)).toBe(bytesOf(first!));
      const mac = hmacTools.openssl!('of-then', second!.body);
      const signatures = second!.headers.map(([, value]) => value);
      expect(signatures.some((value) => value === mac || value === Buffer.from(mac, 'base64').toString('hex'))).toBe(
        true,
      );
    },
  );

  it('signs anew with --secret, and changes nothing else', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--to', server.url, '--secret', 'of-then']);
    const { exitCode, stderr } = await project.run(['resend', '--secret', 'of-now']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^Resending scalev order\.created \([0-9a-f]{8}\) to .*, renewed, signed with the secret of --secret \(/,
    );
    const [first, second] = server.requests;
    const signature = second!.header('X-Scalev-Hmac-Sha256');
    expect(signature).toBe(hmacTools.openssl!('of-now', second!.body));
    expect(bytesOf(second!).replace(signature!, first!.header('X-Scalev-Hmac-Sha256')!)).toBe(bytesOf(first!));
  });

  it('keeps the id, says which delivery it repeats, and can be repeated itself', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--to', server.url]);
    await project.run(['resend']);
    const { json } = await project.run(['resend', 'last', '--json']);
    const [first, second, third] = await project.kept();
    expect([second.id, third.id, json[0].id]).toEqual([first.id, first.id, first.id]);
    expect([first.resendOf, second.resendOf, third.resendOf]).toEqual([null, first.key, second.key]);
    expect(new Set([first.run, second.run, third.run]).size).toBe(3);
    expect(server.requests.map(bytesOf)).toEqual(Array(3).fill(bytesOf(server.requests[0]!)));
    expect((await project.run(['log'])).stdout.split('\n')[1]).toMatch(new RegExp(`, again ${first.key.slice(0, 8)}$`));
    expect((await project.run(['log', second.key])).stdout).toContain(`  sent before as ${first.key.slice(0, 8)}\n`);
    await project.run(['resend', '--no-log']);
    expect(await project.kept()).toHaveLength(3);
  });

  it('sends several, each once, and those that failed of the last command', async () => {
    const project = loggedProject();
    let status = 500;
    const server = await captureServer(({ body }) => answer(body.includes('order.created') ? 200 : status));
    await project.run([...order, '--to', server.url]);
    await project.run(['send', 'scalev', 'order.deleted', 'order.created', 'order.updated', '--to', server.url]);
    const kept = await project.kept();
    const events = () => server.requests.splice(0).map(({ body }) => JSON.parse(body.toString()).event);
    events();
    const one = await project.run(['resend', kept[0].key, kept[1].key, kept[0].id, '--json', '--no-log']);
    expect(events()).toEqual(['order.created', 'order.deleted']);
    expect(one.exitCode).toBe(1);
    expect(one.json.at(-1)).toMatchObject({ type: 'summary', sent: 2, accepted: 1 });
    expect((await project.run(['resend', '--failed', '-q'])).exitCode).toBe(1);
    expect(events()).toEqual(['order.deleted', 'order.updated']);
    status = 200;
    expect((await project.run(['resend', '--failed', '-q'])).exitCode).toBe(0);
    expect(events()).toEqual(['order.deleted', 'order.updated']);
    const none = await project.run(['resend', '--failed']);
    expect(none.stderr).toBe(
      'webhook-sim: No delivery of the last command failed. Name the delivery to send: webhook-sim log\n',
    );
    expect([none.exitCode, events()]).toEqual([2, []]);
  });

  it('sends deliveries of several providers to the built-in receiver, too', async () => {
    const project = loggedProject();
    for (const { name, defaultEvent } of fiveProviders)
      await project.run(['send', name, defaultEvent, '-q', '--to', 'demo']);
    const keys = (await project.kept()).map(({ key }) => key);
    const { json, exitCode, stderr } = await project.run(['resend', ...keys, '--json']);
    expect(json.map(({ outcome }) => outcome).slice(0, -1)).toEqual(fiveProviders.map(() => 'accepted'));
    expect(stderr).toContain('Nothing of yours was tested');
    expect(exitCode).toBe(0);
  });

  it('ends as send does', async () => {
    const project = loggedProject();
    let status = 200;
    const server = await captureServer(() => (status === 0 ? 'garbage\r\n\r\n' : answer(status)));
    const silent = await captureServer(() => '');
    await project.run([...order, '--to', server.url]);
    const key = (await project.kept())[0].key;
    const ends: [number, string[], number][] = [
      [503, [], 1],
      [401, ['--expect', '401'], 0],
      [200, ['--expect', '401'], 1],
      [0, [], 3],
      [200, ['--timeout', '100ms', '--to', silent.url], 4],
    ];
    for (const [code, flags, exit] of ends) {
      status = code;
      const { exitCode, stdout } = await project.run(['resend', key, '-q', ...flags]);
      expect([exitCode, stdout.split('\n').length > 1], `${code} ${flags}`).toEqual([exit, true]);
    }
  });

  it('shows with --dry-run and --curl what it would send, and sends nothing', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--to', `${server.url}/hook`, '-H', 'Authorization: Bearer CANARY-1234']);
    const authorised = ['resend', '-H', 'Authorization: Bearer CANARY-1234'];
    const dry = await project.run([...authorised, '--dry-run']);
    expect(dry.stdout).toContain(server.requests[0]!.body.toString());
    expect(dry.stdout).toMatch(/^Authorization: \(secret [0-9a-f]{8}\)$/m);
    const curl = await project.run([...authorised, '--curl']);
    expect(curl.stdout).toContain('-H "Authorization: $AUTHORIZATION"');
    expect(curl.stdout).toContain(`'${server.url}/hook'`);
    expect([dry.stderr, curl.stderr]).toEqual(['Nothing was sent.\n', 'Nothing was sent.\n']);
    expect([server.requests.length, (await project.kept()).length]).toEqual([1, 1]);
  });

  it('takes the way of then: a unix socket, and addresses', async () => {
    const project = loggedProject();
    const path = join(folderOf({}), 'a.sock');
    const server = await receiver({ path });
    await project.run([...order, '--to', 'http://production.example/hook', '--unix-socket', path]);
    expect((await project.run(['resend'])).exitCode).toBe(0);
    expect(server.reached).toHaveLength(2);
    const direct = await receiver();
    const to = ['--to', `http://named.example:${direct.port}/`, '--resolve', 'named.example=127.0.0.1'];
    await project.run([...order, ...to]);
    expect((await project.run(['resend'])).exitCode).toBe(0);
    expect(direct.reached.map(({ headers }) => headers.host)).toEqual(Array(2).fill(`named.example:${direct.port}`));
  });
});

describe('what a forgery is', () => {
  it('it stays: it is not signed anew', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--to', server.url, '--forge', 'wrong-secret']);
    const { stderr, exitCode } = await project.run(['resend', '--secret', 'real']);
    expect(stderr).toMatch(
      /^webhook-sim: [0-9a-f]{8} is a forgery \(wrong-secret\) and stays one: it is not signed again\.\n$/,
    );
    expect([exitCode, server.requests.length]).toEqual([2, 1]);
    await project.run(['resend', '--to', 'demo']);
    expect((await project.kept()).at(-1)).toMatchObject({
      forge: 'wrong-secret',
      outcome: 'rejected',
      attempts: [{ status: 401 }],
    });
  });
});

describe('secret headers', () => {
  const authorised = ['-H', 'Authorization: Bearer CANARY-1234'];

  it('are asked for where they are nowhere found, by name and without the value', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--to', server.url, ...authorised]);
    const { stderr, exitCode } = await project.run(['resend']);
    expect(stderr).toMatch(
      /^webhook-sim: The value of the header Authorization of [0-9a-f]{8} is secret and was not kept\. Give it with --header 'Authorization: …', or leave the header out with --header 'Authorization:'\.\n$/,
    );
    expect([exitCode, server.requests.length]).toEqual([2, 1]);
    await project.run(['resend', ...authorised, '-q']);
    expect(bytesOf(server.requests[1]!)).toBe(bytesOf(server.requests[0]!));
    const first = (await project.kept())[0].key;
    await project.run(['resend', first, '-H', 'authorization:', '-q']);
    expect(server.requests[2]!.header('Authorization')).toBeUndefined();
    expect(project.texts()).not.toContain('CANARY');
  });

  it('come from the config and from the address again', async () => {
    const server = await captureServer();
    const project = loggedProject({
      'webhook-sim.config.yaml': `targets:\n  staging:\n    url: ${server.url}/{event}\n    header: { X-Token: "env:TOKEN", X-Env: staging }\n`,
    });
    const env = { TOKEN: 'CANARY-5678' };
    await project.run([...order, '--to', 'staging'], { env });
    expect((await project.run(['resend'], { env })).exitCode).toBe(0);
    expect(bytesOf(server.requests[1]!)).toBe(bytesOf(server.requests[0]!));
    expect(server.requests[1]!.header('X-Token')).toBe('CANARY-5678');
    const address = `${server.url.replace('//', '//user:CANARY-pass@')}/x`;
    await project.run([...order, '--to', address]);
    expect((await project.run(['resend', '--to', address])).exitCode).toBe(0);
    expect(bytesOf(server.requests[3]!)).toBe(bytesOf(server.requests[2]!));
    expect(project.texts()).not.toContain('CANARY');
  });

  it('that are others now are sent as they are now, and rejected with --exact', async () => {
    const server = await captureServer();
    const project = loggedProject({
      'webhook-sim.config.yaml': `targets:\n  staging: { url: "${server.url}", header: { X-Token: "env:TOKEN" } }\n`,
    });
    await project.run([...order, '--to', 'staging'], { env: { TOKEN: 'then-then' } });
    const env = { TOKEN: 'now-now' };
    const renewed = await project.run(['resend', '--no-log'], { env });
    expect(renewed.stderr).toMatch(
      /warning: the X-Token of [0-9a-f]{8} is not the one of then\. The present one is sent\.\n/,
    );
    expect(server.requests[1]!.header('X-Token')).toBe('now-now');
    const exact = await project.run(['resend', '--exact'], { env });
    expect(exact.stderr).toContain('X-Token of');
    expect([exact.exitCode, server.requests.length]).toEqual([2, 2]);
  });

  it('of one target do not go to another', async () => {
    const [staging, other] = [await captureServer(), await captureServer()];
    const project = loggedProject({
      'webhook-sim.config.yaml': [
        'targets:',
        `  staging: { url: "${staging.url}", header: { Authorization: "env:STAGING" } }`,
        `  other: { url: "${other.url}/other", header: { Authorization: "env:OTHER", X-Other: "1" } }`,
        '',
      ].join('\n'),
    });
    const env = { STAGING: 'Bearer CANARY-staging', OTHER: 'Bearer CANARY-other' };
    await project.run([...order, '--to', 'staging'], { env });
    const plain = await captureServer();
    expect((await project.run(['resend', '--to', plain.url], { env })).exitCode).toBe(2);
    expect(plain.requests).toEqual([]);
    const { exitCode } = await project.run(['resend', '--to', 'other', '-q'], { env });
    expect(exitCode).toBe(0);
    const [request] = other.requests;
    expect(request!.requestLine).toBe('POST /other HTTP/1.1');
    expect(request!.header('Authorization')).toBe('Bearer CANARY-other');
    expect(request!.header('X-Other')).toBe('1');
    expect(request!.body.equals(staging.requests[0]!.body)).toBe(true);
    expect(project.texts()).not.toContain('CANARY');
  });
});

describe('what is no longer as it was', () => {
  it.each([
    [
      'moved',
      (url: string) => `targets: { staging: "${url}/elsewhere" }\n`,
      /It went to http:.*\/hook, but the target staging is at http:.*\/elsewhere now\. Name a target: --to staging, or the URL\./,
    ],
    [
      'gone',
      () => 'targets: { other: "http://127.0.0.1:1/" }\n',
      /It went to the target staging, which the config no longer has\. Name a target: --to\./,
    ],
  ])('is not sent: a target that is %s', async (_, config, message) => {
    const server = await captureServer();
    const project = loggedProject({ 'webhook-sim.config.yaml': `targets: { staging: "${server.url}/hook" }\n` });
    await project.run([...order, '--to', 'staging']);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(project.cwd, 'webhook-sim.config.yaml'), config(server.url));
    const { stderr, exitCode } = await project.run(['resend']);
    expect(stderr).toMatch(message);
    expect([exitCode, server.requests.length]).toEqual([2, 1]);
    expect((await project.run(['resend', '--to', `${server.url}/hook`])).exitCode).toBe(0);
  });

  it('is not sent: a body that was changed in the log', async () => {
    const server = await captureServer();
    const project = loggedProject();
    await project.run([...order, '--to', server.url]);
    const { readFileSync, writeFileSync } = await import('node:fs');
    const file = filesBelow(project.state).find((path) => path.endsWith('deliveries.jsonl'))!;
    writeFileSync(file, readFileSync(file, 'utf8').replace('senjakopi', 'senjakopy'));
    const { stderr, exitCode } = await project.run(['resend']);
    expect(stderr).toMatch(
      /^webhook-sim: The body of [0-9a-f]{8} in the log is not the one that was sent\. Send it again\.\n$/,
    );
    expect([exitCode, server.requests.length]).toEqual([2, 1]);
  });

  it('is said: a signature of another secret that was rejected', async () => {
    const server = await captureServer(answer(401));
    const project = loggedProject();
    await project.run([...order, '--to', server.url, '--secret', 'of-then']);
    const { stderr } = await project.run(['resend']);
    expect(stderr).toContain('hint: this signature was made with another secret. Sign it again with --secret.\n');
    const same = await project.run(['resend'], { env: { SCALEV_SIGNING_SECRET: 'of-then' } });
    expect(same.stderr).toContain('hint: Signed with the secret of env:SCALEV_SIGNING_SECRET');
  });
});

describe('a delivery that is not there', () => {
  it('is said of the last one where only a check was sent, with what there is', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    await project.run(['check', 'scalev', '--to', url, '--only', 'tampered-body']);
    const listed = await project.run(['log', '--json', '--search', 'command:check']);
    const [newest, ...others] = listed.json.filter(({ type }) => type === 'kept').reverse();
    for (const argv of [['resend'], ['resend', 'last'], ['verify', 'last']]) {
      const { stderr, exitCode } = await project.run(argv);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`The log has ${others.length + 1} deliveries, of checks, and none of an event`);
      expect(stderr).toContain(`the newest is ${newest!.key.slice(0, 8)} (scalev order.created, `);
      expect(stderr).toMatch(/See: webhook-sim log --search command:check\n$/);
    }
  });

  it('is an error that says what is', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    expect((await project.run(['resend'])).stderr).toMatch(
      /^webhook-sim: The log has no such delivery\. Each one is kept as it is sent/,
    );
    await project.run([...order, '--to', url]);
    const [{ key }] = await project.kept();
    const typo = `${key.slice(0, 6)}${key[6] === '0' ? '1' : '0'}${key[7]}`;
    for (const command of ['resend', 'log']) {
      const near = await project.run([command, typo]);
      expect(near.stderr).toBe(
        `webhook-sim: The log has no delivery ${typo}. Did you mean ${key.slice(0, 8)}? See: webhook-sim log\n`,
      );
      const far = await project.run([command, 'zzzz']);
      expect(far.stderr).toBe(
        `webhook-sim: The log has no delivery zzzz. The last ones: ${key.slice(0, 8)}. See: webhook-sim log\n`,
      );
      expect([near.exitCode, far.exitCode]).toEqual([2, 2]);
    }
    expect((await project.run(['resend', key.slice(0, 3)])).exitCode).toBe(2);
  });

  it('is an error where the name is that of several', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    await project.run([...order, '--to', url, '--count', '2']);
    const { readFileSync, writeFileSync } = await import('node:fs');
    const file = filesBelow(project.state).find((path) => path.endsWith('deliveries.jsonl'))!;
    let count = 0;
    const text = readFileSync(file, 'utf8').replace(/"key":"[0-9a-f]{12}"/g, () => `"key":"aaaabbbb000${++count}"`);
    writeFileSync(file, text);
    const { stderr, exitCode } = await project.run(['resend', 'aaaab']);
    expect(stderr).toBe('webhook-sim: aaaab begins 2 deliveries: aaaabbbb0002, aaaabbbb0001. Write more of it.\n');
    expect(exitCode).toBe(2);
    expect((await project.run(['resend', 'aaaabbbb0001'])).exitCode).toBe(0);
  });

  it('nor are several that went different ways sent without --to', async () => {
    const project = loggedProject();
    const [one, two] = [await captureServer(), await captureServer()];
    await project.run([...order, '--to', one.url]);
    await project.run([...order, '--to', two.url]);
    const keys = (await project.kept()).map(({ key }) => key);
    const { stderr, exitCode } = await project.run(['resend', ...keys]);
    expect(stderr).toMatch(
      /^webhook-sim: They went to different targets, 127\.0\.0\.1:\d+ and 127\.0\.0\.1:\d+\. Send them one after the other, or all to one with --to\.\n$/,
    );
    expect(exitCode).toBe(2);
    expect((await project.run(['resend', ...keys, '--to', one.url])).exitCode).toBe(0);
    expect([one.requests.length, two.requests.length]).toEqual([3, 1]);
  });
});

describe('a command that is wrong', () => {
  it.each<[string[], RegExp]>([
    [
      ['--exact', '--secret', 's'],
      /--exact sends the delivery unchanged, --secret signs it again\. Give one of them\./,
    ],
    [['last', '--failed'], /--failed takes every failed delivery of the last command, so name no others\./],
    [['--curl', '--json'], /--curl prints commands and --json objects/],
    [['-H', 'no colon'], /has no name and colon/],
    [['--timeout', '5'], /--timeout: "5" is not a duration/],
    [['--expect', '2x'], /--expect: "2x" is not a status/],
    [['--to', 'stagging'], /no target named stagging/],
    [['--secret', 'env:NOT_SET'], /no variable NOT_SET/],
    [['--unix-socket', ''], /--unix-socket: the path is empty/],
    [['--resolve', 'x'], /--resolve x: there is no host/],
    [['--proxy', 'socks5://x'], /socks5:\/\/ proxies are not supported/],
    [['--cacert', 'missing.pem'], /--cacert missing\.pem: there is no such file/],
  ])('sends nothing: %j', async (flags, message) => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--to', server.url]);
    const { stdout, stderr, exitCode } = await project.run(['resend', ...flags]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^webhook-sim: [^\n]*\n$/);
    const shown = flags.includes('--json') ? JSON.parse(stdout).type : stdout;
    expect([shown, exitCode, server.requests.length]).toEqual([flags.includes('--json') ? 'error' : '', 2, 1]);
  });
});
