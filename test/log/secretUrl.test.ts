import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { loggedProject } from './project.js';

const secret = 'CANARY plain"1234';
const spelled = /CANARY/;

function projectOf(description: string) {
  return loggedProject({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/own/provider.yaml': description,
    'webhooks/own/events/paid.json': '{ "json": { "token": "?", "id": 7 }, "tok": "?" }',
  });
}

const get = 'name: own\nmethod: GET\nheaders: { X-A: b }\n';
const asQuery = `${get}dialect: { kind: query, contents: { json: js } }\n`;
const inJson = 'name: own\nheaders: { Content-Type: application/json }\n';

describe('a secret in the URL', () => {
  it.each([
    ['added to the query', `${inJson}query: [[key, "{secret}"]]\n`],
    ['in a payload that is the query', `${asQuery}fields: [[tok, "{secret}"], [json.token, "{secret}"]]\n`],
    ['in both', `${asQuery}fields: [[tok, "{secret}"]]\nquery: [[key, "{secret}"]]\n`],
  ])('is not kept, and put in again: %s', async (_, description) => {
    const project = projectOf(description);
    const server = await captureServer();
    const key = ['--secret', secret];
    const sent = await project.run(['send', 'own', 'paid', '--to', `${server.url}/hook`, ...key, '-q']);
    expect(sent.exitCode).toBe(0);
    expect(server.requests[0]!.requestLine).toMatch(spelled);
    const [kept] = await project.kept();
    expect(kept.url).toContain('(secret)');
    expect(project.texts()).not.toMatch(spelled);
    const again = await project.run(['resend', '-q'], { env: { WEBHOOK_SIM_OWN_SECRET: secret } });
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(server.requests[1]!.requestLine).toBe(server.requests[0]!.requestLine);
    expect(project.texts()).not.toMatch(spelled);
  });

  it('is not kept in the address by which the provider knows the receiver', async () => {
    const server = await captureServer();
    const project = projectOf(`${inJson}query: [[key, "{secret}"]]\n`);
    const publicUrl = `https://hooks.example/in?key=${encodeURIComponent(secret)}`;
    await project.run(['send', 'own', 'paid', '--to', server.url, '--secret', secret, '--public-url', publicUrl, '-q']);
    expect((await project.kept())[0].publicUrl).toContain('https://hooks.example/in?key=(secret)');
    expect(project.texts()).not.toMatch(spelled);
  });

  const renewed = `values: { time: { kind: time, format: unix-millis } }
policy: { resend: [times, signature] }
`;
  const proof = (content: string) =>
    `signatures: { sign: { scheme: hmac, hash: sha256, content: "${content}", encoding: hex } }\n`;
  const signing = 'X-Time: "{time}", X-Sign: "{sign}"';

  it.each([
    [
      'in the URL',
      `${asQuery.replace('X-A: b', signing)}fields: [[tok, "{secret}"]]\n${renewed}${proof('{time}.{url}')}`,
    ],
    [
      'in the body',
      `name: own\nheaders: { Content-Type: application/json, ${signing} }\nfields: [[tok, "{secret}"], [json.token, "{time}"]]\n${renewed}${proof('{time}.{body}')}`,
    ],
  ])('is not kept where a signature covers it, which is renewed: %s', async (_, description) => {
    const server = await captureServer();
    const project = projectOf(description);
    const sent = await project.run(['send', 'own', 'paid', '--to', server.url, '--secret', secret, '-q']);
    expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
    expect(project.texts()).not.toMatch(spelled);
    const env = { WEBHOOK_SIM_OWN_SECRET: secret };
    for (const options of [[], ['--exact']]) {
      const again = await project.run(['resend', ...options, (await project.kept())[0].key, '-q'], { env });
      expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    }
    const [first, second, exact] = server.requests;
    const partsOf = ({ requestLine, body, header }: typeof first & object) => [
      requestLine,
      body.toString(),
      header('X-Time'),
      header('X-Sign'),
    ];
    expect(partsOf(exact!)).toEqual(partsOf(first!));
    const time = second!.header('X-Time')!;
    expect(time).not.toBe(first!.header('X-Time'));
    const [path] = /\/\S*/.exec(second!.requestLine)!;
    const content = second!.body.length > 0 ? second!.body : `${server.url}${path}`;
    const judge = createHmac('sha256', secret).update(`${time}.`).update(content);
    expect(second!.header('X-Sign')).toBe(judge.digest('hex'));
  });
});
