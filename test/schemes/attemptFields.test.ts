import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const secret = 'attempt-secret';
const cwd = () =>
  folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/chat/provider.yaml': `name: chat
headers: { Content-Type: application/json, X-Sign: '{sign}' }
values:
  redelivery: { kind: attempt, first: 'false', retries: 'true' }
  retry: { kind: attempt, from: 0 }
signatures: { sign: { scheme: hmac, hash: sha256, content: '{body}', encoding: base64 } }
fields:
  - ['events[0].deliveryContext.isRedelivery', { json: '{redelivery}' }]
  - ['events[0].deliveryContext.count', { number: '{retry}' }]
  - ['events[0].deliveryContext.from', { json: '{{"attempt":{retry},"note":["é",null]}}' }]
policy: { retry: { max: 2, delays: [1s, 1s] } }
`,
    'webhooks/chat/events/message.json':
      '{ "events": [{ "deliveryContext": { "isRedelivery": false, "count": 0, "from": {} } }] }',
  });

it('says in the body, as JSON, which attempt it is, and is signed each time', async () => {
  let count = 0;
  const { url, requests } = await captureServer(
    () => `HTTP/1.1 ${count++ < 2 ? 500 : 200} -\r\nContent-Length: 0\r\n\r\n`,
  );
  const sent = await cli(
    ['send', 'chat', 'message', '--to', url, '--secret', secret, '--retry', '-q', '--speed', 'instant'],
    {
      cwd: cwd(),
    },
  );
  expect(sent).toMatchObject({ exitCode: 0 });
  const contexts = requests.map(({ body }) => JSON.parse(body.toString()).events[0].deliveryContext);
  expect(contexts).toEqual([
    { isRedelivery: false, count: 0, from: { attempt: 0, note: ['é', null] } },
    { isRedelivery: true, count: 1, from: { attempt: 1, note: ['é', null] } },
    { isRedelivery: true, count: 2, from: { attempt: 2, note: ['é', null] } },
  ]);
  for (const { body, header } of requests)
    expect(header('X-Sign')).toBe(createHmac('sha256', secret).update(body).digest('base64'));
});

it('is taken by the built-in receiver and by provider test, and a field that is no JSON is an error', async () => {
  const project = cwd();
  expect(await cli(['send', 'chat', 'message', '--to', 'demo'], { cwd: project })).toMatchObject({ exitCode: 0 });
  expect(await cli(['provider', 'test', 'chat'], { cwd: project })).toMatchObject({ exitCode: 0 });
  const wrong = folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/chat/provider.yaml':
      "name: chat\nheaders: { Content-Type: application/json }\nfields: [[again, { json: 'no{event}' }]]\n",
    'webhooks/chat/events/message.json': '{ "again": false }',
  });
  const { exitCode, stderr } = await cli(['send', 'chat', 'message', '--to', ':1'], { cwd: wrong });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('the field again is not JSON but "nomessage"')]);
});
