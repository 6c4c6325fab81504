import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { openUi } from './uiServer.js';

const answer = (status: number, body: string) =>
  `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const queryOf = (requestLine: string) =>
  Object.fromEntries(new URL(requestLine.split(' ')[1]!, 'http://localhost').searchParams);

it('names no scheme and no secret of a provider that signs nothing', async () => {
  const ui = await openUi();
  const detailsOf = async (name: string) => {
    const { scheme, secret } = (await ui.get(`/api/providers/${name}`)).json;
    return { scheme, sample: secret.sample, configured: secret.configured };
  };
  expect(await detailsOf('docker-hub')).toEqual({ scheme: 'none', sample: null, configured: 'none: it signs nothing' });
  expect(await detailsOf('gitlab')).toEqual({
    scheme: 'the secret itself',
    sample: 'gitlab-sample-secret-token',
    configured: 'the sample secret',
  });
});

it('sends in the mode that is chosen, and gives the command line that does', async () => {
  const server = await captureServer();
  const ui = await openUi();
  const { modes, configuredMode } = (await ui.get('/api/providers/github')).json;
  expect([modes, configuredMode]).toEqual([
    [{ name: 'form', title: expect.stringContaining('application/x-www-form-urlencoded') }],
    null,
  ]);
  const sample = (await ui.get('/api/sample?provider=github&event=push&mode=form')).json;
  expect(sample.mediaType).toBe('application/x-www-form-urlencoded');
  const asked = { provider: 'github', event: 'push', target: server.url, mode: 'form' };
  const preview = (await ui.post('/api/preview', asked)).json;
  expect(preview.command).toBe(`webhook-sim send github push --to ${server.url} --mode form`);
  expect(preview.body.text).toMatch(/^payload=%7B%22ref%22/);
  await ui.job('/api/send', asked);
  const [request] = server.requests;
  const secret = (await ui.get('/api/providers/github')).json.secret.sample;
  const signature = createHmac('sha256', secret).update(request!.body).digest('hex');
  expect([request!.header('content-type'), request!.header('x-hub-signature-256')]).toEqual([
    'application/x-www-form-urlencoded',
    `sha256=${signature}`,
  ]);
  expect(JSON.parse(new URLSearchParams(request!.body.toString()).get('payload')!)).toHaveProperty('ref');
  const { event: _, ...whole } = asked;
  const check = await ui.job('/api/check', { ...whole, only: ['plain'] });
  expect(check.command).toBe(`webhook-sim check github --to ${server.url} --mode form --only plain`);
  const flow = await ui.job('/api/flow', { ...whole, flow: 'release', speed: 'instant' });
  expect(flow.command).toBe(`webhook-sim flow github release --to ${server.url} --mode form --speed instant`);
  expect(server.requests.length).toBeGreaterThan(3);
  expect(new Set(server.requests.map(({ header }) => header('content-type')))).toEqual(
    new Set(['application/x-www-form-urlencoded']),
  );
  const wrong = await ui.post('/api/send', { ...asked, mode: 'frm' });
  expect([wrong.status, wrong.json.error]).toEqual([
    400,
    expect.objectContaining({ code: 'UNKNOWN_MODE', message: expect.stringContaining('has no mode frm') }),
  ]);
});

it('sends the texts of the user in handshakes by reference, alone and before a check', async () => {
  const server = await captureServer(({ requestLine }) => {
    const challenge = queryOf(requestLine)['hub.challenge'];
    return answer(200, challenge === undefined ? 'ok' : JSON.stringify({ 'hub.challenge': challenge }));
  });
  const ui = await openUi({ env: { MY_VERIFY_TOKEN: 'known to the receiver', VERIFY_TOKEN: '', HOME: '/home/a' } });
  const { values } = (await ui.get('/api/providers/strava')).json;
  expect(values).toEqual([
    { name: 'verify_token', sample: 'senja-verify-token', configured: 'the sample', isSample: true },
  ]);
  const asked = {
    provider: 'strava',
    target: server.url,
    values: { verify_token: { is: 'variable', name: 'MY_VERIFY_TOKEN' } },
  };
  const alone = await ui.job('/api/handshake', asked);
  expect(alone.command).toBe(
    `webhook-sim handshake strava --to ${server.url} --value verify_token=env:MY_VERIFY_TOKEN`,
  );
  expect(queryOf(server.requests[0]!.requestLine)['hub.verify_token']).toBe('known to the receiver');
  expect(ui.heard.join('')).not.toContain('known to the receiver');

  const check = await ui.job('/api/check', { ...asked, handshake: true, only: ['plain'] });
  expect(check.steps.map(({ type }: { type: string }) => type).slice(0, 2)).toEqual(['delivery', 'check-start']);
  expect(check.command).toContain('--handshake --value verify_token=env:MY_VERIFY_TOKEN');
  const flow = await ui.job('/api/flow', { ...asked, flow: 'activity', handshake: true, speed: 'instant' });
  expect(flow.steps[0]).toMatchObject({ handshake: { problem: null } });

  for (const choice of [
    { is: 'variable', name: 'HOME' },
    { is: 'variable', name: 'NOT_SET' },
  ]) {
    const { status, json } = await ui.post('/api/handshake', { ...asked, values: { verify_token: choice } });
    expect([status, json.error.code]).toEqual([400, 'BAD_VALUE']);
  }
  const literal = await ui.post('/api/handshake', { ...asked, values: { verify_token: 'file:/etc/passwd' } });
  expect([literal.status, literal.json.error.code]).toEqual([400, 'BAD_SECRET']);
  const unknown = await ui.post('/api/handshake', { ...asked, values: { verify_tokn: { is: 'sample' } } });
  expect([unknown.status, unknown.json.error.code]).toEqual([400, 'UNKNOWN_VALUE']);
});

it('sends nothing after a handshake that failed', async () => {
  const server = await captureServer(() => answer(200, 'no challenge'));
  const ui = await openUi();
  const asked = { provider: 'strava', target: server.url, handshake: true };
  const check = await ui.job('/api/check', asked);
  expect(check).toMatchObject({ state: 'failed', problem: { code: 'HANDSHAKE_FAILED' } });
  const flow = await ui.job('/api/flow', { ...asked, flow: 'activity', speed: 'instant' });
  expect(flow).toMatchObject({ state: 'failed', problem: { code: 'HANDSHAKE_FAILED' } });
  expect(server.requests.map(({ requestLine }) => requestLine.slice(0, 4))).toEqual(['GET ', 'GET ']);
});
