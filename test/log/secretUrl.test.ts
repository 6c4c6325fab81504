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
    const again = await project.run(['resend', '-q'], { env: { OWN_SECRET: secret } });
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

  it('is not kept where a signature covers it, which is renewed', async () => {
    const server = await captureServer();
    const signed = `${asQuery}fields: [[tok, "{secret}"]]\nvalues: { time: { kind: time, format: unix } }\nheaders: { X-Time: "{time}", X-Sign: "{sign}" }\nsignatures: { sign: { scheme: hmac, algorithm: sha256, content: "{time}.{url}", encoding: hex } }\npolicy: { resend: { value: [time, signature], certainty: assumed } }\n`.replace('headers: { X-A: b }\n', '');
    const project = projectOf(signed);
    const sent = await project.run(['send', 'own', 'paid', '--to', server.url, '--secret', secret, '-q']);
    expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
    expect(project.texts()).not.toMatch(spelled);
    const again = await project.run(['resend', '-q'], { env: { OWN_SECRET: secret } });
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(server.requests[1]!.requestLine).toBe(server.requests[0]!.requestLine);
  });
});
