import { describe, expect, it } from 'vitest';
import { handshake } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const token = 'CANARY-of-the-receiver';
const echo = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** Returns the verify token that a receiver gets. */
async function toldToken(
  args: readonly string[],
  { env = {}, files = {} }: { env?: Record<string, string>; files?: Record<string, string> } = {},
) {
  const server = await captureServer(echo);
  const cwd = folderOf(
    Object.fromEntries(Object.entries(files).map(([n, t]) => [n, t.replace('RECEIVER', server.url)])),
  );
  const { stdout, stderr, exitCode } = await cli([...args, ...(args[0] === 'run' ? [] : ['--to', server.url])], {
    cwd,
    env: { ...env, XDG_STATE_HOME: folderOf({}) },
  });
  const [first] = server.requests;
  const verifyToken =
    first && new URL(first.requestLine.split(' ')[1]!, server.url).searchParams.get('hub.verify_token');
  return { verifyToken, stdout, stderr, exitCode };
}

describe('a text of the user in a handshake', () => {
  it.each(['whatsapp', 'messenger', 'instagram'])(
    'is the sample of %s unless it is given, which is said',
    async (name) => {
      const { verifyToken, stderr } = await toldToken(['handshake', name]);
      expect(verifyToken).toBe('senja-verify-token');
      expect(stderr).toContain(
        `note: verify_token is the sample "senja-verify-token". Give yours with --value verify_token=…`,
      );
    },
  );

  it.each<[string, string[], Parameters<typeof toldToken>[1]?]>([
    ['an option', ['handshake', 'whatsapp', '--value', `verify_token=${token}`]],
    [
      'a variable that an option names',
      ['handshake', 'whatsapp', '--value', 'verify_token=env:MINE'],
      { env: { MINE: token } },
    ],
    ['a file', ['handshake', 'whatsapp', '--value', 'verify_token=file:./token'], { files: { token: `${token}\n` } }],
    ['the variable of the provider', ['handshake', 'whatsapp'], { env: { WHATSAPP_VERIFY_TOKEN: token } }],
    ['a variable of its family', ['handshake', 'instagram'], { env: { META_VERIFY_TOKEN: token } }],
    [
      'the config',
      ['handshake', 'whatsapp'],
      {
        env: { MINE: token },
        files: { 'webhook-sim.config.yaml': 'values: { whatsapp: { verify_token: env:MINE } }\n' },
      },
    ],
    ['the option before a send', ['send', 'whatsapp', 'messages', '--handshake', '--value', `verify_token=${token}`]],
    [
      'a case of a suite',
      ['run', '-v'],
      {
        env: { MINE: token },
        files: {
          'a.webhooks.yaml': 'target: RECEIVER\ncases: [{ handshake: whatsapp, value: { verify_token: env:MINE } }]\n',
        },
      },
    ],
  ])('is that of %s, and shown nowhere', async (_, args, surroundings) => {
    for (const more of args[0] === 'handshake' ? [['-v'], ['--json']] : [[]]) {
      const { verifyToken, stdout, stderr } = await toldToken([...args, ...more], surroundings);
      expect(verifyToken, stderr).toBe(token);
      expect(stdout + stderr).not.toContain('CANARY');
      expect(stdout + stderr).not.toContain('is the sample "senja');
    }
  });

  it('is masked where it is short, too, and a variable in a command with curl', async () => {
    const shown = await toldToken(['handshake', 'whatsapp', '--value', 'verify_token=~zQ9', '--dry-run']);
    expect(shown.stdout).toContain('hub.verify_token=(secret)');
    const { stdout } = await toldToken(['handshake', 'whatsapp', '--value', 'verify_token=~zQ9', '--curl']);
    expect(stdout).toContain('hub.verify_token=\'"$HUB_VERIFY_TOKEN"');
    expect(stdout).not.toContain('~zQ9');
  });

  it('is an option of the library', async () => {
    const server = await captureServer(echo);
    const result = await handshake({ provider: 'whatsapp', to: server.url, value: { verify_token: token } });
    expect(server.requests[0]!.requestLine).toContain(`hub.verify_token=${token}`);
    expect(result.notes.join()).not.toContain('sample');
  });

  it('has a name that the provider knows, and a text', async () => {
    const wrong = await toldToken(['handshake', 'whatsapp', '--value', 'verify-token=abc']);
    expect(wrong).toMatchObject({ exitCode: 2, verifyToken: undefined });
    expect(wrong.stderr).toContain(
      'the handshakes of WhatsApp tell no verify-token of yours. Did you mean verify_token?',
    );
    const none = await toldToken(['handshake', 'slack', '--value', 'token=abc']);
    expect(none).toMatchObject({ exitCode: 2, verifyToken: undefined });
    const empty = await toldToken(['handshake', 'whatsapp', '--value', 'verify_token=']);
    expect(empty).toMatchObject({ exitCode: 2, verifyToken: undefined });
    const bare = await toldToken(['handshake', 'whatsapp', '--value', 'verify_token']);
    expect(bare).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('there is no name and "="') });
  });

  it('is no value of deliveries', async () => {
    const cwd = folderOf({
      'webhooks/acme/provider.yaml':
        'name: acme\nheaders: { X-Token: "{mine}" }\nvalues: { mine: { kind: given, sample: abc } }\nevents: [paid]\n',
      'webhooks/acme/events/paid.json': '{}',
    });
    const { exitCode, stdout } = await cli(['provider', 'test', 'webhooks/acme'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('given is for the values of handshakes');
  });
});
