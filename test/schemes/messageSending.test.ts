import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const secret = 'shared-secret-of-rfc';
const cwd = () =>
  folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/own/provider.yaml': `name: own
headers:
  Content-Type: application/json
  Signature-Input: 'sig1={signature.input}'
  Signature: 'sig1=:{signature}:'
values: { created: { kind: time, format: unix-seconds }, end: { kind: time, format: unix-seconds, at: now+300s } }
signatures:
  signature:
    scheme: rfc9421
    algorithm: hmac-sha256
    components: ['@method', '@query-param;name="to"', '@query-param;name="page"', content-type]
    parameters: { created: '{created}', expires: '{end}', keyid: own-1 }
query: [[page, 'two words{event}']]
`,
    'webhooks/own/events/paid.json': '{ "id": 7 }',
  });

describe('a signature of parameters of the query', () => {
  it('covers what is sent, and tells when it ends', async () => {
    const project = cwd();
    const { url, requests } = await captureServer();
    const target = `${url}/in?to=caf%C3%A9+~a`;
    expect(await cli(['send', 'own', 'paid', '--to', target, '--secret', secret], { cwd: project })).toMatchObject({
      exitCode: 0,
    });
    const [{ header, head, body }] = requests as [(typeof requests)[0]];
    const input = header('Signature-Input')!.replace('sig1=', '');
    const [, created, expires] =
      /^\("@method" "@query-param";name="to" "@query-param";name="page" "content-type"\);created=(\d+);expires=(\d+);keyid="own-1"$/.exec(
        input,
      )!;
    expect(Number(expires) - Number(created)).toBe(300);
    const base = [
      '"@method": POST',
      '"@query-param";name="to": caf%C3%A9%20%7Ea',
      '"@query-param";name="page": two%20wordspaid',
      '"content-type": application/json',
      `"@signature-params": ${input}`,
    ].join('\n');
    expect(header('Signature')).toBe(`sig1=:${createHmac('sha256', secret).update(base).digest('base64')}:`);
    const judge = (text: string) =>
      cli(['verify', 'own', '-', '--secret', secret, '--url', `${url}${/\/\S*/.exec(text)![0]}`, '--json'], {
        cwd: project,
        stdin: `${text}\r\n\r\n${body}`,
      });
    expect((await judge(head)).json[0]).toMatchObject({ genuine: true });
    expect((await judge(head.replace('page=two', 'page=three'))).json[0]).toMatchObject({ genuine: false });
  });

  it('needs each of them once', async () => {
    const { exitCode, stderr } = await cli(['send', 'own', 'paid', '--to', 'http://127.0.0.1:1/in'], { cwd: cwd() });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('the parameter to of the query')]);
  });
});
