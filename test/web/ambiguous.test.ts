import { expect, it } from 'vitest';
import { listening } from '../listen/listening.js';
import { captureServer } from '../support/capture.js';
import { rawRequest } from '../support/rawRequest.js';
import { openUi } from './uiServer.js';

const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
/** A second request, in what one of two readers takes for the body of the first. */
const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';

/** Requests that two readers read differently, by what is odd about them; HOST is that of the server, OWN what its page sends. */
const shapes: Readonly<Record<string, string>> = {
  'two hosts, the own one first': head('GET /api/state HTTP/1.1', 'Host: HOST', 'OWN', 'Host: evil.example'),
  'two hosts, the own one last': head('GET /api/state HTTP/1.1', 'Host: evil.example', 'OWN', 'host: HOST'),
  'the same host twice': head('GET /api/state HTTP/1.1', 'Host: HOST', 'OWN', 'Host: HOST'),
  'another host in the request line': head('GET http://evil.example/api/state HTTP/1.1', 'Host: HOST', 'OWN'),
  'the host in the request line alone': head('GET http://HOST/api/state HTTP/1.1', 'Host: evil.example', 'OWN'),
  'no host': head('GET /api/state HTTP/1.1', 'OWN'),
  'a length and chunks': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${hidden}`,
  'chunks and a length': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Transfer-Encoding: chunked', 'Content-Length: 5')}0\r\n\r\n${hidden}`,
  'two lengths': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Content-Length: 0', `Content-Length: ${hidden.length}`)}${hidden}`,
  'the same length twice': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Content-Length: 2', 'Content-Length: 2')}{}`,
  'lengths in one header': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Content-Length: 2, 2')}{}`,
  'a length with a sign': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Content-Length: +2')}{}`,
  'another coding': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Transfer-Encoding: xchunked')}0\r\n\r\n${hidden}`,
  'two codings': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Transfer-Encoding: gzip, chunked')}0\r\n\r\n${hidden}`,
  'a space before the colon': `${head('POST /api/x HTTP/1.1', 'Host: HOST', 'OWN', 'Transfer-Encoding : chunked')}0\r\n\r\n${hidden}`,
  'a header over two lines': head('GET /api/state HTTP/1.1', 'Host: HOST', 'OWN', 'X-A: b', ' c'),
};

it('answers 400 to requests of which two readers understand two things', async () => {
  const ui = await openUi();
  const own = `x-webhook-sim-token: ${ui.token}`;
  const fill = (text: string) => text.replaceAll('HOST', `127.0.0.1:${ui.port}`).replace('OWN', own);
  // The same request without what is odd is taken.
  const plain = await rawRequest(
    ui.port,
    fill(head('GET /api/state HTTP/1.1', 'Host: HOST', 'OWN', 'Connection: close')),
  );
  expect(statusOf(plain)).toBe(200);
  for (const [what, text] of Object.entries(shapes)) {
    const answer = await rawRequest(ui.port, fill(text));
    const heads = answer.match(/HTTP\/1\.1 \d{3}/g);
    expect([what, heads]).toEqual([what, [expect.stringMatching(/ 40[03]$/)]]);
    expect(answer).not.toContain('"boot"');
  }
});

it('answers 400 to them in listen, says why, forwards none, and goes on', async () => {
  const target = await captureServer();
  const open = await listening(['--forward', target.url, '--count', '8']);
  const port = Number(new URL(open.url).port);
  const fill = (text: string) => text.replaceAll('HOST', `127.0.0.1:${port}`).replace('OWN', 'X-Own: 1');
  for (const [what, text] of Object.entries(shapes)) {
    const answer = await rawRequest(port, fill(text));
    expect([what, answer.match(/HTTP\/1\.1 \d{3}/g)]).toEqual([what, ['HTTP/1.1 400']]);
  }
  // An address as a proxy gets it is the same as its path.
  const whole = head('GET http://HOST/a?b=1 HTTP/1.1', 'Host: HOST', 'Connection: close');
  expect(statusOf(await rawRequest(port, fill(whole)))).toBe(200);
  await open.ended;
  const twoHosts = 'it has two Host headers';
  const otherHost = 'its request line names another host than its Host header';
  const coding = 'its Transfer-Encoding is another than chunked';
  const received = open.lines.filter(({ type }) => type === 'received');
  expect(received.map(({ reason, answer: { status } }) => [reason, status])).toEqual([
    ...[twoHosts, twoHosts, twoHosts, otherHost, otherHost, coding, coding].map((reason) => [reason, 400]),
    [null, 200],
  ]);
  expect(received.at(-1).request.url).toBe(`http://127.0.0.1:${port}/a?b=1`);
  expect(target.requests.map(({ requestLine }) => requestLine)).toEqual(['GET /?b=1 HTTP/1.1']);
});
