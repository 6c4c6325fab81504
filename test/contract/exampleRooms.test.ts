import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clock } from '../../src/api/world.js';
import { readCapture } from '../../src/capture/readCapture.js';
import type { CaseSource } from '../../src/check/cases/case.js';
import { casesFor } from '../../src/check/cases/cases.js';
import { prepareCase } from '../../src/check/cases/prepareCase.js';
import { runChecks } from '../../src/check/runChecks.js';
import { selectCases } from '../../src/check/selectCases.js';
import { flagName } from '../../src/cli/options/flags.js';
import type { CaseEnded, CheckEnded } from '../../src/core/check.js';
import type { Delivery } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { variableFor } from '../../src/core/secret.js';
import { SecretMask } from '../../src/core/secretMask.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { diagnoseSignature } from '../../src/diagnose/diagnoseSignature.js';
import { toCurl } from '../../src/export/curl.js';
import { instantiateFlow } from '../../src/flow/instantiateFlow.js';
import { prepareFlow } from '../../src/flow/prepareFlow.js';
import { findForgery } from '../../src/forge/forgeries.js';
import { readLogEntry } from '../../src/history/readLog.js';
import { recordLine } from '../../src/history/record.js';
import { writeJson } from '../../src/json/dialect.js';
import { withFreshness } from '../../src/payloads/compiled.js';
import type { Freshness } from '../../src/payloads/identityRenewal.js';
import { preparePayload } from '../../src/payloads/prepare.js';
import { eventRules } from '../../src/policy/rules.js';
import { openReceiver } from '../../src/receiver/receiver.js';
import { eventDetails } from '../../src/report/provider/eventDetails.js';
import { EventMask } from '../../src/report/shared/eventMask.js';
import { requestFacts } from '../../src/report/shared/requestFacts.js';
import { harFile } from '../../src/report/suite/har.js';
import { keptRequest } from '../../src/session/resend/keptRequest.js';
import { type ResendDeliveryOptions, resendDelivery } from '../../src/session/resend/resendDelivery.js';
import { publicKeys } from '../../src/signing/publicKeys.js';
import { Transport } from '../../src/transport/transport.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { anAttempt, anEnded, aResult, aSummary } from '../report/suiteEvents.js';
import { type Captured, captureServer } from '../support/capture.js';
import { exampleNames, exampleProvider, exampleSample } from '../support/exampleProviders.js';
import { judgingServer } from '../support/judgingServer.js';

const run = promisify(execFile);

/** A secret of each that is not its sample. */
function ownSecret({ name, secret: { sample } }: Provider): string {
  if (name === 'adyen') return 'aa'.repeat(32);
  return name === 'standard-webhooks' ? 'whsec_YW5vdGhlci1rZXk=' : `${sample}-CANARY`;
}

const given = (value: string) => [{ value, source: 'test', isSample: false }];
const bodyOf = (provider: Provider, event = provider.defaultEvent) =>
  Buffer.from(writeJson(exampleSample(provider, event), provider.dialect));

interface Made {
  readonly url?: string;
  readonly now?: number;
  readonly body?: Uint8Array;
  readonly forge?: string;
}

const making = (provider: Provider, { url = 'http://127.0.0.1:3000/in?a=1', forge }: Made = {}) =>
  compileDeliverySync({
    provider,
    event: provider.defaultEvent,
    variant: null,
    url,
    secrets: given(ownSecret(provider)),
    headers: [],
    forgery: forge === undefined ? null : findForgery(forge),
  });
const make = (provider: Provider, options: Made = {}): Delivery =>
  making(
    provider,
    options,
  )({ now: options.now ?? Date.now(), random: seededRandom(1), body: options.body ?? bodyOf(provider) });

/** All texts that tell a secret. */
function secretTexts(provider: Provider): string[] {
  const secret = ownSecret(provider);
  return [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')];
}

/** Returns the success status of a provider. */
const success = ({ policy }: Provider) => (policy.success.value === '204' ? 204 : 200);

/** A check of a receiver, whole or of some of its cases. */
async function checked(
  provider: Provider,
  url: string,
  only: readonly string[] = [],
): Promise<{ cases: CaseEnded[]; end: CheckEnded }> {
  const source: CaseSource = {
    provider,
    event: provider.defaultEvent,
    variant: null,
    urlFor: () => url,
    secrets: given(ownSecret(provider)),
    headers: [],
    secretNames: [],
    random: seededRandom(1),
    now: () => Date.now(),
  };
  const wanted = selectCases(casesFor(provider, provider.defaultEvent, true), { only, skip: [] });
  const cases = await Promise.all(wanted.map((each) => prepareCase(each, source)));
  const transport = new Transport();
  onTestFinished(() => transport.close());
  const ended: CaseEnded[] = [];
  let end: CheckEnded | undefined;
  for await (const event of runChecks({
    source,
    cases,
    isPartial: false,
    url,
    transport,
    clock,
    timeLimitMs: null,
    budgetMs: 60_000,
    signal: new AbortController().signal,
  })) {
    if (event.type === 'case') ended.push(event);
    else if (event.type === 'check-summary') end = event;
  }
  return { cases: ended, end: end! };
}

/** A delivery as the log keeps it. */
function kept(delivery: Delivery, secrets: readonly string[]) {
  const logged = { event: { ...anEnded(), delivery, attempts: [anAttempt()] }, target: null, resendOf: null };
  const mask = new EventMask(new SecretMask(secrets));
  return recordLine(
    { ...logged, mask, route: { socketPath: null, resolve: {} } },
    { key: '0123456789ab', run: 'ba9876543210', command: 'send' },
  );
}

function resent(provider: Provider, line: string, options: Partial<ResendDeliveryOptions> = {}) {
  const request = keptRequest(readLogEntry(line)!);
  const plain = {
    typed: [],
    ofTarget: [],
    secretNames: [],
    exact: false,
    signsAnew: false,
    warn: () => {},
    nameOf: flagName,
  };
  const maker = {
    provider,
    secrets: given(ownSecret(provider)),
    url: request.entry.url,
    now: Date.now(),
    random: seededRandom(2),
  };
  return resendDelivery(request, { ...maker, ...plain, ...options });
}

const wire = ({ requestLine, headers, body }: Captured) => ({
  requestLine,
  headers: headers.filter(([name]) => !/^(host|connection|content-length)$/i.test(name)),
  body: body.toString('latin1'),
});

describe.each(exampleNames)('%s', (name) => {
  const provider = exampleProvider(name);
  const secret = ownSecret(provider);
  const genuine = (delivery: Delivery) => verifyReceived(provider, delivery, [secret]);

  it('has payloads that are prepared in its own form', async () => {
    const prepared = async (fresh: Freshness) =>
      (await preparePayload({ provider, event: provider.defaultEvent, variant: null, edits: [], fresh })).payload;
    for (const fresh of ['ids', 'all', 'nothing'] as const)
      expect(Buffer.from((await prepared(fresh)).bytes).equals(bodyOf(provider))).toBe(true);
    // As the store of the build has it.
    const kept = withFreshness(await prepared('all'), 'ids');
    expect(kept.written?.('+62 8') ?? '+62 8').toBe(provider.dialect === 'form' ? '%2B62+8' : '+62 8');
  });

  it('is found out where everything is taken', async () => {
    const server = await judgingServer(async () => null, success(provider));
    const { end } = await checked(provider, server.url, ['wrong-secret', 'tampered-body', 'no-signature']);
    expect(end.grade).toBe('F');
    expect(end.findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(end)).not.toMatch(/\{(header|lowerHeader|scheme)\}|undefined header/);
    for (const text of secretTexts(provider)) expect(JSON.stringify(end)).not.toContain(text);
  });

  it('is sent to the byte by the curl that is printed', async () => {
    const server = await captureServer();
    const delivery = make(provider, { url: `${server.url}/a%20b?x='1'&y=$HOME` });
    const transport = new Transport();
    onTestFinished(() => transport.close());
    await transport.send(delivery, 5000);
    const command = toCurl(delivery);
    for (const text of secretTexts(provider)) expect(command).not.toContain(text);
    const secrets = delivery.headers.filter(([header]) => delivery.secretHeaders.includes(header.toLowerCase()));
    const env = Object.fromEntries(secrets.map(([header, value]) => [variableFor(header), value]));
    await run('bash', ['-c', command], { env: { PATH: process.env.PATH!, ...env } });
    const [ours, pasted] = server.requests.map(wire);
    expect(pasted).toEqual(ours);
  });

  it('is kept without its secret, and sent again as it was', async () => {
    const delivery = make(provider);
    const line = kept(delivery, [secret]);
    for (const text of secretTexts(provider)) expect(line).not.toContain(text);
    const again = await resent(provider, line, { exact: true });
    expect(again.delivery).toMatchObject({ url: delivery.url, headers: delivery.headers });
    expect(Buffer.from(again.delivery.body).equals(Buffer.from(delivery.body))).toBe(true);
    expect(again).toMatchObject({ isRenewed: false, isSigned: true });
  });

  it('is made anew, and signed for where it goes', async () => {
    const line = kept(make(provider, { now: Date.now() - 3_600_000 }), [secret]);
    for (const options of [{}, { signsAnew: true }, { url: 'https://shop.example.com/other' }] as const) {
      const { delivery, isSigned } = await resent(provider, line, options);
      expect(genuine(delivery)).toEqual({ ok: true });
      expect(isSigned).toBe(true);
    }
  });

  it('is not kept with a body that holds a secret', () => {
    const body = Buffer.from(
      bodyOf(provider)
        .toString('utf8')
        .replace(/("|=)[^"&=]*("|&|$)(?![\s\S]*\1)/, `$1${secret}$2`),
    );
    const holding = body.includes(secret) ? body : Buffer.concat([bodyOf(provider), Buffer.from(secret)]);
    const line = kept({ ...make(provider), body: holding }, [secret]);
    expect(line).not.toContain(secret);
    expect(() => keptRequest(readLogEntry(line)!)).toThrow(/hold a secret/);
  });

  it('is told without its secret', () => {
    const delivery = make(provider);
    const texts = [
      JSON.stringify(requestFacts(delivery)),
      eventDetails(
        {
          provider,
          event: provider.events[provider.defaultEvent]!,
          delivery,
          payload: '{}',
          variables: ['SECRET'],
          secretWords: 'yours',
        },
        false,
      ),
    ];
    for (const text of texts) for (const hidden of secretTexts(provider)) expect(text).not.toContain(hidden);
    for (const proof of [...Object.keys(provider.signatures), ...provider.headers.map(([header]) => header)])
      expect(texts[1]).toContain(proof);
    expect(texts[1]).not.toContain('undefined');
  });

  it('is a HAR that can be verified, and one of a secret shows none', async () => {
    const delivery = make(provider);
    let text = '';
    const reporter = harFile((piece) => {
      text += piece;
    });
    for (const event of [aResult({ deliveries: [anEnded({ delivery })] }), aSummary()]) reporter.event(event);
    for (const hidden of secretTexts(provider)) expect(text).not.toContain(hidden);
    const { request } = await readCapture(Buffer.from(text), { source: 'test', entry: 1, having: [] });
    expect(verifyReceived(provider, request, [secret]).ok).toBe(delivery.secretHeaders.length === 0);
  });

  it('is explained: genuine, old, by another key, and with another body', async () => {
    const now = Date.now();
    const explained = (delivery: Delivery, key = secret) =>
      diagnoseSignature({
        provider,
        request: delivery,
        secrets: given(key),
        providers: [],
        now,
        toleranceMs: 300_000,
        nameOf: flagName,
      });
    const right = await explained(make(provider, { now }));
    expect(right).toMatchObject({ genuine: true, problems: [], findings: [] });
    const [half] = publicKeys(provider, secret);
    if (half) expect(await explained(make(provider, { now }), half.base64)).toMatchObject({ genuine: true });
    const old = await explained(make(provider, { now: now - 3_600_000 }));
    expect(old.genuine).toBe(right.time === null);
    expect(old.findings.map((finding) => finding.name)).toEqual(right.time === null ? [] : ['time-old']);
    const foreign = await explained(make(provider, { now, forge: 'wrong-secret' }));
    expect(foreign.genuine).toBe(false);
    const missing = await explained(make(provider, { now, forge: 'no-signature' }));
    expect(missing.problems[0]).toMatchObject({ problem: 'missing' });
    const said = JSON.stringify([right, old, foreign, missing].map(({ request: _, ...rest }) => rest));
    for (const hidden of secretTexts(provider)) expect(said).not.toContain(hidden);
  });

  it('is told as a flow, every delivery of it genuine', async () => {
    const steps = Object.keys(provider.events).map((event, at) => ({
      ...{ place: `step ${at + 1}`, provider, event, variant: null, afterMs: at * 60_000 },
      ...{ changes: {}, set: {}, unset: [], capture: {} },
    }));
    const flow = await prepareFlow(
      { name: 'all', title: 'All', steps },
      {
        urlFor: () => 'http://127.0.0.1:3000/',
        secretsOf: () => given(secret),
        headers: [],
        secretNames: [],
        timeLimitOf: () => null,
      },
    );
    const telling = instantiateFlow(flow, { random: seededRandom(3), startMs: Date.now() });
    for (const step of flow.steps) {
      const { delivery } = await telling.deliver(step, Date.now());
      expect(genuine(delivery)).toEqual({ ok: true });
      expect(() => JSON.parse(writeJson(exampleSample(provider, step.script.event), 'js'))).not.toThrow();
      const isForm = delivery.headers.some(([, value]) => value.startsWith('application/x-www-form-urlencoded'));
      expect(isForm).toBe(provider.dialect === 'form');
      expect(Buffer.from(delivery.body).toString()).toMatch(isForm ? /^[\w.*+%-]+=/ : /^[[{]/);
    }
  });

  it('is verified by the built-in receiver, also under the address by which it is known', async () => {
    for (const publicUrl of [undefined, 'https://shop.example.com/hooks?shop=1']) {
      const arrivals: boolean[] = [];
      const receiver = await openReceiver({
        providers: [provider],
        secrets: () => [secret],
        now: Date.now,
        onArrival: ({ verification }) => arrivals.push(verification.ok),
        ...(publicUrl !== undefined && { knownAs: () => [publicUrl] }),
      });
      onTestFinished(() => receiver.close());
      const transport = new Transport();
      onTestFinished(() => transport.close());
      const source = {
        ...{ provider, event: provider.defaultEvent, variant: null, url: receiver.url(provider), headers: [] },
        ...(publicUrl !== undefined && { publicUrl }),
        secrets: given(secret),
      };
      const delivery = compileDeliverySync(source)({
        now: Date.now(),
        random: seededRandom(1),
        body: bodyOf(provider),
      });
      expect((await transport.send(delivery, 5000)).status).toBe(success(provider));
      const forged = compileDeliverySync({ ...source, forgery: findForgery('wrong-secret') });
      const false_ = forged({ now: Date.now(), random: seededRandom(1), body: bodyOf(provider) });
      expect((await transport.send(false_, 5000)).status).toBe(401);
      expect(arrivals).toEqual([true, false]);
      expect(eventRules(provider, undefined).timeLimitMs).toBeGreaterThan(0);
    }
  });
});
