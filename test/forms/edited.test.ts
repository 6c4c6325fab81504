import { describe, expect, it } from 'vitest';
import { loggedProject } from '../log/project.js';
import { captureServer } from '../support/capture.js';
import { hmacTools } from '../wire/hmacTools.js';

const secret = 'of-forms';
const provider = `name: acme
headers: { Content-Type: application/x-www-form-urlencoded, X-Acme: '{signature}' }
dialect: { kind: form, nesting: brackets, lists: indices, contents: { payload: js, wrapped: [js, base64] } }
signatures: { signature: { scheme: hmac, hash: sha256, content: '{body}', encoding: base64 } }
`;
const sample = {
  data: { id: 'o 1', items: [{ sku: 'A1', n: 1 }, { sku: 'A2' }] },
  payload: { user: { id: 'U1', ok: true }, tags: ['x'], note: 'ü&=' },
  wrapped: { deep: 1 },
};
const files = {
  'webhook-sim.config.yaml': 'providers: webhooks\n',
  'webhooks/acme/provider.yaml': provider,
  'webhooks/acme/events/order.paid.json': JSON.stringify(sample),
};
const signed = ['--secret', secret];
/** Fields as Node.js reads them, the JSON of `payload` parsed. */
const fieldsOf = (body: Uint8Array) => {
  const { payload = '{}', ...rest } = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString()));
  return { ...rest, payload: JSON.parse(payload) };
};

async function received(run: (url: string) => Promise<{ exitCode: number; stderr: string }>) {
  const server = await captureServer();
  const ran = await run(server.url);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const last = server.requests.at(-1)!;
  expect(last.header('X-Acme')).toBe(hmacTools.openssl!(secret, last.body));
  return { fields: fieldsOf(last.body), stderr: ran.stderr };
}

const changes = [
  ...['--set', 'data.items[1].sku=B 2', '--unset', 'data.items[0].n', '--set', 'payload.user.ok=false'],
  ...['--set', 'payload.tags:=["{{x}}"]', '--unset', 'payload.note', '--set', 'wrapped.deep={{seq}}'],
];
const changed = {
  'data[id]': 'o 1',
  'data[items][0][sku]': 'A1',
  'data[items][1][sku]': 'B 2',
  payload: { user: { id: 'U1', ok: false }, tags: ['{{x}}'] },
  wrapped: Buffer.from('{"deep":1}').toString('base64'),
};

describe('fields of a form and the JSON in them are changed as those of JSON', () => {
  it('by --set and --unset: of a sample, of a captured request and of own data', async () => {
    const { run } = loggedProject(files);
    const sent = await received((to) => run(['send', 'acme', 'order.paid', ...changes, ...signed, '--to', to]));
    expect(sent.fields).toEqual(changed);
    const { stdout: raw } = await run(['export', 'acme', 'order.paid', '--format', 'raw', ...signed, '--to', ':9']);
    const from = ['send', 'acme', 'order.paid', '--from', '-', ...changes, ...signed];
    expect((await received((to) => run([...from, '--to', to], { stdin: raw }))).fields).toEqual(changed);
    const data = ['send', 'acme', 'order.paid', '--data', '-', ...changes, ...signed];
    const stdin = raw.split(/\r?\n\r?\n/)[1]!;
    expect((await received((to) => run([...data, '--to', to], { stdin }))).fields).toEqual(changed);
    const last = ['send', '--from', 'last', ...signed, '--set', 'payload.user.id=U2'];
    expect((await received((to) => run([...last, '--to', to]))).fields.payload.user).toEqual({ id: 'U2', ok: false });
  });

  it('by --edit of send, and of resend, which signs again', async () => {
    const { run } = loggedProject(files);
    const edit = (text: string) => JSON.stringify({ ...JSON.parse(text), added: { here: ['y'] } }).replace('A2', 'C3');
    const command = ['send', 'acme', 'order.paid', '--edit', ...signed];
    const sent = await received((to) => run([...command, '--to', to], { edit }));
    expect(sent.fields).toMatchObject({ 'added[here][0]': 'y', 'data[items][1][sku]': 'C3' });
    const again = (text: string) => text.replace('"U1"', '"U9"');
    const resent = await received((to) => run(['resend', '--edit', ...signed, '--to', to], { edit: again }));
    expect(resent.fields).toEqual({
      ...sent.fields,
      payload: { ...sent.fields.payload, user: { id: 'U9', ok: true } },
    });
  });
});

describe('a key that the JSON in a form has twice', () => {
  const twice = `type=a&payload=${encodeURIComponent('{"id":1,"user":{"id":"U1","id":"U2"}}')}`;

  it('is said where it is captured, and where it is written again', async () => {
    const { run } = loggedProject(files);
    const warning = 'has the key payload.user.id twice';
    const stdin = `POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\n${twice}`;
    const from = await received((to) =>
      run(['send', 'acme', 'order.paid', '--from', '-', ...signed, '--to', to], { stdin }),
    );
    expect(from.stderr).toContain(`note: The body ${warning}`);
    const data = ['send', 'acme', 'order.paid', '--data', '-', ...signed];
    const kept = await received((to) => run([...data, '--to', to], { stdin: twice }));
    expect(kept.stderr).not.toContain('twice');
    const edit = (text: string) => text.replace('"id": 1', '"id": 2');
    const resent = await received((to) => run(['resend', '--edit', ...signed, '--to', to], { edit }));
    expect(resent.stderr).toMatch(/note: The body of \w+ has the key payload\.user\.id twice\. It is written again/);
    expect(resent.fields.payload).toEqual({ id: 2, user: { id: 'U2' } });
    const set = await received((to) => run([...data, '--set', 'payload.id=3', '--to', to], { stdin: twice }));
    expect(set.stderr).toContain(`Standard input ${warning}. As a field is changed`);
    const same = ['resend', '--edit', ...signed, '--dry-run'];
    expect((await run(same, { edit: (text) => text })).stderr).not.toContain('twice');
  });

  it('is an error in what a person writes', async () => {
    const { run } = loggedProject(files);
    const edit = (text: string) => text.replace('"sku": "A2"', '"sku": "A2", "sku": "A3"');
    const ran = await run(['send', 'acme', 'order.paid', '--edit', '--to', ':9'], { edit });
    expect(ran.stderr).toContain(
      'The edited payload has the key data.items[1].sku twice. Leave one. Nothing was sent.',
    );
    expect(ran.exitCode).toBe(2);
  });
});
