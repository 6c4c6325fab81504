import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { openUi } from './uiServer.js';

const send = { provider: 'scalev', event: 'order.created' };
const secrets = {
  SCALEV_SIGNING_SECRET: 'env-secret-a7f3c1d9e5',
  OTHER_SECRET: 'other-secret-5b2e8f0a14',
  HOOK_TOKEN: 'token-of-a-header-90d1',
};
const config = (url: string) => `target: dev
targets:
  dev:
    url: ${url}
    header: { X-Internal: env:HOOK_TOKEN }
secrets: { scalev: env:SCALEV_SIGNING_SECRET }
`;

/** All forms in which a secret could be told. */
const forms = (secret: string) => [
  secret,
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
];

it('tells no secret, whatever is asked and whatever a receiver sends back', async () => {
  const echo = Object.values(secrets).join(' ');
  const encoded = Buffer.from(secrets.SCALEV_SIGNING_SECRET).toString('base64');
  const body = `${echo} ${encoded}`;
  const server = await captureServer(
    `HTTP/1.1 401 -\r\nX-Echo: ${echo}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const ui = await openUi({ files: { 'webhook-sim.config.yaml': config(server.url) }, env: secrets });
  const stream = await ui.stream();
  const choices = [undefined, { is: 'configured' }, { is: 'variable', name: 'OTHER_SECRET' }];
  for (const secret of choices) {
    const asked = { ...send, ...(secret && { secret }) };
    await ui.post('/api/preview', asked);
    await ui.job('/api/send', asked);
  }
  await ui.job('/api/send', { ...send, retry: { delays: '1s', speed: 'instant' } });
  await ui.job('/api/check', { provider: 'scalev', only: ['plain', 'no-signature', 'wrong-secret'] });
  const { flows } = (await ui.get('/api/flows?provider=scalev')).json;
  await ui.job('/api/flow', { provider: 'scalev', flow: flows[0].name });
  await cli(['send', 'scalev', 'order.created', '--to', 'http://name:password-in-url-77@127.0.0.1:1/', '-q'], {
    cwd: ui.cwd,
    env: ui.env,
  });
  for (const path of ['state', 'catalogue', 'providers/scalev', 'jobs', 'inbox', 'deliveries?q=is:failed']) {
    expect((await ui.get(`/api/${path}`)).status).toBe(200);
  }
  const { rows } = (await ui.get('/api/deliveries')).json;
  for (const { key } of rows) {
    await ui.get(`/api/deliveries/${key}`);
    await ui.get(`/api/deliveries/${key}/curl`);
    await ui.post(`/api/deliveries/${key}/verify`, {});
    await ui.post(`/api/deliveries/${key}/case`, {});
  }
  await ui.post('/api/resend/preview', { keys: [rows.at(-1).key], secret: { is: 'variable', name: 'OTHER_SECRET' } });
  await ui.job('/api/resend', { keys: [rows.at(-1).key] });
  const { url } = (await ui.post('/api/inbox/start', { port: 0 })).json;
  await fetch(url, {
    method: 'POST',
    body: echo,
    headers: { Authorization: `Bearer ${secrets.HOOK_TOKEN}`, 'X-Echo': echo },
  });
  await stream.next(({ type }) => type === 'received');
  await ui.get('/api/inbox');
  const all = ui.heard.join('\n');
  expect(all.length).toBeGreaterThan(100_000);
  expect(all).toContain('(secret');
  expect(server.requests[0]!.header('x-internal')).toBe(secrets.HOOK_TOKEN);
  for (const secret of [...Object.values(secrets), 'password-in-url-77']) {
    for (const form of forms(secret)) expect([secret, all.includes(form)]).toEqual([secret, false]);
  }
  expect(all).not.toContain(ui.token);
});

it('takes variables that may hold a secret, and no other', async () => {
  const ui = await openUi({ env: { ...secrets, DATABASE_URL: 'postgres://u:p@h/db' } });
  const details = (await ui.get('/api/providers/scalev')).json;
  expect(details.secret.variables).toEqual(['SCALEV_SIGNING_SECRET', 'HOOK_TOKEN', 'OTHER_SECRET']);
  for (const name of ['DATABASE_URL', 'NONE', 'HOME']) {
    const asked = { ...send, target: 'demo', secret: { is: 'variable', name } };
    expect((await ui.post('/api/preview', asked)).json.error.code).toBe('BAD_SECRET');
  }
  const wrong = { ...send, target: 'demo', secret: { is: 'text', value: 'x' } };
  expect((await ui.post('/api/preview', wrong)).json.error.code).toBe('BAD_SECRET');
  const sample = { ...send, target: 'demo', secret: { is: 'sample' } };
  expect((await ui.post('/api/preview', sample)).json.secrets).toMatchObject([{ isSample: true }]);
});

it('hands on what a receiver answers as data, in JSON alone', async () => {
  const script = '</script><script>fetch("/api/send")</script><img src=x onerror=alert(1)>\u2028\u0000\u001b[31m';
  const server = await captureServer(
    `HTTP/1.1 500 -\r\nContent-Type: text/html\r\nX-Evil: <script>alert(1)</script>\r\nContent-Length: ${Buffer.byteLength(script)}\r\n\r\n${Buffer.from(script).toString('latin1')}`,
  );
  const ui = await openUi();
  const job = await ui.job('/api/send', { ...send, target: server.url });
  const { response } = job.steps.find(({ type }: { type: string }) => type === 'delivery').attempts[0];
  expect(response.body.text).toBe(script);
  expect(response.headers).toContainEqual({
    name: 'X-Evil',
    value: '<script>alert(1)</script>',
    isMasked: false,
    from: null,
  });
  const [{ key }] = (await ui.get('/api/deliveries')).json.rows;
  const details = await ui.get(`/api/deliveries/${key}`);
  expect(details.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(details.json.results[0].response.body.text).toBe(script);
});

it('bounds what a receiver sends', async () => {
  const body = 'x'.repeat(3 * 1024 * 1024);
  const server = await captureServer(`HTTP/1.1 200 -\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  const ui = await openUi();
  const job = await ui.job('/api/send', { ...send, target: server.url });
  const { body: shown } = job.steps.find(({ type }: { type: string }) => type === 'delivery').attempts[0].response;
  expect(shown.text.length).toBeLessThanOrEqual(64 * 1024);
  expect(shown.isTruncated).toBe(true);
});
