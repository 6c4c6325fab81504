import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { hmacTools } from '../wire/hmacTools.js';
import { loggedProject } from './project.js';

const order = ['send', 'scalev', 'order.created'];

describe('resend --edit', () => {
  it('opens what was sent, signs what a person makes of it, and keeps the ids of then', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--set', 'data.notes=first', '--secret', 'of-then', '--to', server.url]);
    let shown = '';
    const edit = (text: string) => {
      shown = text;
      return text.replace('first', 'second');
    };
    const ran = await project.run(['resend', '--edit'], { edit, env: { SCALEV_SIGNING_SECRET: 'of-now' } });
    expect(ran.exitCode, ran.stderr).toBe(0);
    const [first, second, ...more] = server.requests;
    expect(more).toEqual([]);
    expect(JSON.parse(shown)).toEqual(JSON.parse(first!.body.toString()));
    expect(second!.body.toString()).toBe(first!.body.toString().replace('first', 'second'));
    expect(second!.header('X-Scalev-Hmac-Sha256')).toBe(hmacTools.openssl!('of-now', second!.body));
    const kept = await project.kept();
    expect(kept.at(-1)).toMatchObject({ resendOf: kept[0].key });
  });

  it('leaves the bytes of a payload that stays as it is', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--dialect', 'pretty', '--to', server.url]);
    const ran = await project.run(['resend', '--edit'], { edit: (text) => text });
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(server.requests[1]!.body.equals(server.requests[0]!.body)).toBe(true);
  });

  it('shows with --dry-run what would be sent', async () => {
    const project = loggedProject();
    const server = await captureServer();
    await project.run([...order, '--set', 'data.notes=first', '--to', server.url]);
    const edit = (text: string) => text.replace('first', 'second');
    const { stdout, exitCode } = await project.run(['resend', '--edit', '--dry-run'], { edit });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"second"');
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, string[], string[], RegExp]>([
    ['with --exact', [], ['--exact'], /--exact sends the delivery unchanged, --edit changes it/],
    ['of a forgery', ['--forge', 'wrong-secret'], [], /is a forgery \(wrong-secret\) and stays one/],
    ['of several', ['--count', '2'], ['--failed'], /--edit opens one payload, and these are 2/],
    ['of what is no payload', ['--raw', '-'], [], /is not in the form in which Scalev writes payloads/],
    ['that makes no JSON of it', [], [], /The edited payload is not JSON/],
  ])('%s is an error, and nothing is sent', async (_, sent, flags, message) => {
    const project = loggedProject();
    const server = await captureServer('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');
    await project.run([...order, ...sent, '--to', server.url], { stdin: 'hello' });
    const before = server.requests.length;
    const ran = await project.run(['resend', '--edit', ...flags], { edit: () => '{' });
    expect(ran.stderr).toMatch(message);
    expect(ran.exitCode).toBe(2);
    expect(server.requests).toHaveLength(before);
  });
});
