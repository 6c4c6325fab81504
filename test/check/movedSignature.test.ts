import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { type Judged, judgingServer } from '../support/judgingServer.js';
import { equal } from './receiver.js';

const secret = 'known-to-the-tests-alone';

/** As Mailgun documents it: time and token in the body are signed. `signatureOf` is where the receiver looks for the signature. */
function mailgunReceiver(signatureOf: (request: Judged, inBody: string | undefined) => string | undefined) {
  return judgingServer(async (request) => {
    if (request.incoming.method !== 'POST') return 'no event';
    let signed: { timestamp?: string; token?: string; signature?: string };
    try {
      signed = JSON.parse(request.text).signature ?? {};
    } catch {
      return 'no event';
    }
    const expected = createHmac('sha256', secret).update(`${signed.timestamp}${signed.token}`).digest('hex');
    return equal(signatureOf(request, signed.signature), expected) ? null : 'rejected';
  });
}

const cases = ['signature-in-header', 'signature-in-query', 'no-signature', 'random-signature'];

async function checkMailgun(url: string) {
  const only = cases.flatMap((name) => ['--only', name]);
  const { exitCode, json } = await cli(['check', 'mailgun', '--to', url, '--secret', secret, '--json', ...only]);
  const { findings, remarks } = json.at(-1);
  const verdictOf = (wanted: string) => json.find(({ name }) => name === wanted)?.verdict;
  return {
    exitCode,
    findings,
    remarks: remarks.map(({ name }: { name: string }) => name),
    inHeader: verdictOf('signature-in-header'),
    inQuery: verdictOf('signature-in-query'),
  };
}

it.each([
  [
    'a header',
    ({ incoming }: Judged, inBody?: string) => inBody ?? (incoming.headers['x-signature'] as string | undefined),
    { inHeader: 'remark', inQuery: 'passed', remarks: ['any-header-accepted'] },
  ],
  [
    'the query',
    ({ incoming }: Judged, inBody?: string) =>
      inBody ?? new URL(incoming.url!, 'http://any').searchParams.get('signature') ?? undefined,
    { inHeader: 'passed', inQuery: 'remark', remarks: ['any-header-accepted'] },
  ],
  ['its field alone', (_: Judged, inBody?: string) => inBody, { inHeader: 'passed', inQuery: 'passed', remarks: [] }],
])('a signature of the body that is taken from %s is told', async (_, signatureOf, expected) => {
  const { url } = await mailgunReceiver(signatureOf);
  expect(await checkMailgun(url)).toEqual({ exitCode: 0, findings: [], ...expected });
});
