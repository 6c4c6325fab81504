import { expect, it } from 'vitest';
import { type OpenUi, openUi } from './uiServer.js';

/** Each route that is a question, and each that changes something. */
const questions = ['/api/state', '/api/catalogue', '/api/deliveries', '/api/events', '/api/jobs', '/api/inbox'];
const changes = [
  '/api/send',
  '/api/preview',
  '/api/check',
  '/api/flow',
  '/api/resend',
  '/api/inbox/start',
  '/api/verify',
];

const host = (ui: OpenUi) => ({ host: `127.0.0.1:${ui.port}` });
const json = { 'content-type': 'application/json' };

it('answers nothing without the token of this start, but the page itself', async () => {
  const ui = await openUi();
  for (const token of [undefined, '', 'x'.repeat(43), `${ui.token}x`, ui.token.slice(1)]) {
    const headers = { ...host(ui), ...(token !== undefined && { 'x-webhook-sim-token': token }) };
    for (const path of questions) {
      const { status, json: problem } = await ui.raw({ path, headers });
      expect([path, status, problem.error.code]).toEqual([path, 401, 'NO_TOKEN']);
      expect(problem.error.hint).toContain('webhook-sim ui');
    }
    for (const path of changes) {
      const { status } = await ui.raw({ method: 'POST', path, headers: { ...headers, ...json }, body: '{}' });
      expect([path, status]).toEqual([path, 401]);
    }
  }
  const page = await ui.raw({ path: '/' });
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.text).not.toContain(ui.token);
  expect((await ui.get('/api/state')).status).toBe(200);
});

it.each([
  'evil.example',
  'evil.example:PORT',
  '127.0.0.1',
  '127.0.0.1:1',
  'localhost.evil.example:PORT',
  '0.0.0.0:PORT',
])('refuses the Host %s, also with the token', async (name) => {
  const ui = await openUi();
  const headers = { host: name.replace('PORT', String(ui.port)), 'x-webhook-sim-token': ui.token };
  for (const path of ['/', '/api/state', '/api/events']) {
    const { status, json: problem } = await ui.raw({ path, headers });
    expect([path, status, problem.error.code]).toEqual([path, 403, 'FOREIGN_HOST']);
  }
  const sent = await ui.raw({ method: 'POST', path: '/api/send', headers: { ...headers, ...json }, body: '{}' });
  expect(sent.status).toBe(403);
});

it.each([
  { origin: 'http://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:3000' },
  { origin: 'https://127.0.0.1:PORT' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('refuses what another page asks for: %j', async (foreign) => {
  const ui = await openUi();
  const headers = {
    ...host(ui),
    'x-webhook-sim-token': ui.token,
    ...Object.fromEntries(
      Object.entries(foreign).map(([name, value]) => [name, value!.replace('PORT', String(ui.port))]),
    ),
  };
  for (const [method, path] of [
    ['GET', '/api/state'],
    ['GET', '/api/events'],
    ['POST', '/api/send'],
    ['OPTIONS', '/api/send'],
    ['GET', '/'],
  ] as const) {
    const answer = await ui.raw({
      method,
      path,
      headers: { ...headers, ...json },
      ...(method === 'POST' && { body: '{}' }),
    });
    expect([path, answer.status, answer.json.error.code]).toEqual([path, 403, 'FOREIGN_ORIGIN']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

it('takes its own page, and a link that leads to it', async () => {
  const ui = await openUi();
  const own = { ...host(ui), 'x-webhook-sim-token': ui.token };
  const same = { ...own, origin: `http://127.0.0.1:${ui.port}`, 'sec-fetch-site': 'same-origin' };
  expect((await ui.raw({ path: '/api/state', headers: same })).status).toBe(200);
  expect((await ui.raw({ path: '/api/state', headers: { ...own, host: `localhost:${ui.port}` } })).status).toBe(200);
  const visit = { ...host(ui), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await ui.raw({ path: '/', headers: visit })).status).toBe(200);
  expect((await ui.raw({ path: '/api/state', headers: { ...own, ...visit } })).status).toBe(403);
});

it('has headers that let the page run its own script alone, with another nonce each time', async () => {
  const ui = await openUi();
  const [one, other] = [await ui.raw({ path: '/' }), await ui.raw({ path: '/' })];
  const nonce = /script-src 'nonce-([^']+)'/.exec(String(one.headers['content-security-policy']))?.[1];
  expect(nonce).toMatch(/^[\w+/]{24}$/);
  expect(other.headers['content-security-policy']).not.toContain(nonce);
  expect(one.headers['content-security-policy']).toBe(
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(one.text).not.toContain('__CSP_NONCE__');
  for (const { headers } of [one, await ui.get('/api/state'), await ui.raw({ path: '/api/state' })]) {
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

it('cuts the page off from one that opened its tab, which a tab without an opener does not pay for', async () => {
  const ui = await openUi();
  const openerPolicy = async (site?: string) => {
    const visit = { ...host(ui), 'sec-fetch-mode': 'navigate', ...(site && { 'sec-fetch-site': site }) };
    return (await ui.raw({ path: '/', headers: visit })).headers['cross-origin-opener-policy'];
  };
  for (const site of [undefined, 'cross-site', 'same-site', 'other'])
    expect(await openerPolicy(site)).toBe('same-origin');
  for (const site of ['none', 'same-origin']) expect(await openerPolicy(site)).toBeUndefined();
});

it('takes JSON objects of a bounded size for what changes something', async () => {
  const ui = await openUi();
  const own = { ...host(ui), 'x-webhook-sim-token': ui.token };
  const send = async (headers: Record<string, string>, body: string) => {
    const { status, json: problem } = await ui.raw({ method: 'POST', path: '/api/send', headers, body });
    return [status, problem.error.code];
  };
  expect(await send(own, '{}')).toEqual([415, 'NOT_JSON']);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp']) {
    expect(await send({ ...own, 'content-type': type }, '{}')).toEqual([415, 'NOT_JSON']);
  }
  for (const body of ['', '{', '[]', 'null', '"x"'])
    expect(await send({ ...own, ...json }, body)).toEqual([400, 'NOT_JSON']);
  expect(await send({ ...own, ...json }, `{"provider":"${'x'.repeat(9 * 1024 * 1024)}"}`)).toEqual([413, 'LARGE_BODY']);
  expect(await send({ ...own, ...json }, '{}')).toEqual([400, 'BAD_REQUEST']);
  expect(await send({ ...own, ...json }, '{"provider":1}')).toEqual([400, 'BAD_REQUEST']);
  expect(await send({ ...own, ...json }, '{"provider":"scalev","evnt":"x"}')).toEqual([400, 'BAD_REQUEST']);
});

it('says what there is not', async () => {
  const ui = await openUi();
  const code = async (answer: ReturnType<OpenUi['get']>) => [(await answer).status, (await answer).json.error.code];
  expect(await code(ui.get('/api/nothing'))).toEqual([404, 'NO_ROUTE']);
  expect(await code(ui.get('/api/send'))).toEqual([405, 'BAD_METHOD']);
  expect(await code(ui.get('/other'))).toEqual([404, 'NO_ROUTE']);
  expect(await code(ui.get('/api/deliveries/000000000000'))).toEqual([404, 'UNKNOWN_DELIVERY']);
  expect(await code(ui.get('/api/jobs/none'))).toEqual([404, 'UNKNOWN_JOB']);
  expect(await code(ui.get('/api/providers/scalef'))).toEqual([404, 'UNKNOWN_PROVIDER']);
  expect(await code(ui.get('/api/deliveries?q=nope:1'))).toEqual([400, 'BAD_SEARCH']);
  expect(await code(ui.get('/api/deliveries?limit=0'))).toEqual([400, 'BAD_LIMIT']);
});
