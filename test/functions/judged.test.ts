import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { casesFor } from '../../src/check/cases/cases.js';
import { prepareCase } from '../../src/check/cases/prepareCase.js';
import { runChecks } from '../../src/check/runChecks.js';
import { flagName } from '../../src/cli/options/flags.js';
import type { CaseEnded, CheckEnded } from '../../src/core/check.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import type { CustomScheme } from '../../src/core/scheme.js';
import { diagnoseSignature } from '../../src/diagnose/diagnoseSignature.js';
import type { Case } from '../../src/diagnose/hypothesis.js';
import { deliverFlow } from '../../src/flow/deliverFlow.js';
import { instantiateFlow } from '../../src/flow/instantiateFlow.js';
import { prepareFlow } from '../../src/flow/prepareFlow.js';
import { buildScript } from '../../src/flow/script.js';
import { buildHandshake } from '../../src/handshake/handshake.js';
import {
  type CustomSchemeRequest,
  createDelivery,
  defineProvider,
  send,
  sign,
  simulate,
  UsageError,
  verify as verifyInLibrary,
  verifyAsync as verifyInLibraryAsync,
} from '../../src/index.js';
import { flowsOf } from '../../src/providers/flows.js';
import { providerSchema } from '../../src/providers/schema.js';
import { openReceiver } from '../../src/receiver/receiver.js';
import { diagnosisText } from '../../src/report/verify/diagnosis.js';
import { Transport } from '../../src/transport/transport.js';
import { verifyReceived, verifyReceivedAsync } from '../../src/verify/verify.js';
import { captureServer } from '../support/capture.js';
import { judgingServer } from '../support/judgingServer.js';
import { scalev } from '../support/providers.js';
import { acme, byWebCrypto, judgedByPython, secretOf } from './acme.js';

const secret = 'acme-secret-7f3k';
const body = '{"event":"order.created","n":[1,{"b":2,"a":1}]}';
const url = 'http://127.0.0.1/in';
const bySha256: CustomScheme = ({ secret: key, values, body: bytes }) =>
  createHmac('sha256', key).update(`${values.time}.`).update(bytes).digest('hex');
const clock = { now: Date.now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
const genuine = (provider = acme()) => createDelivery({ provider, url, secret, body, now: '2026-03-04T05:00:00Z' });
const noMatch = { ok: false, reason: 'the signature does not match the body and the secret' };

describe('verifying what a function signs', () => {
  it('computes it anew, with any of the secrets', async () => {
    const delivery = await genuine();
    expect(judgedByPython([delivery], { url, secret })).toEqual([true]);
    expect(await verifyReceivedAsync(acme(), delivery, [secret])).toEqual({ ok: true });
    expect(await verifyReceivedAsync(acme(), delivery, ['other', secret])).toEqual({ ok: true });
    expect(await verifyReceivedAsync(acme(), delivery, ['other'])).toEqual(noMatch);
    expect(
      await verifyReceivedAsync(acme(), { ...delivery, body: Buffer.from('{"event":"order.created"}') }, [secret]),
    ).toEqual(noMatch);
    expect(await verifyReceivedAsync(acme(), { ...delivery, url: `${url}/` }, [secret])).toEqual(noMatch);
  });

  it('awaits the function, and does not without', async () => {
    const provider = acme(bySha256);
    const delivery = await genuine(provider);
    expect(await verifyReceivedAsync(provider, delivery, [secret])).toEqual({ ok: true });
    expect(await verifyReceivedAsync(provider, delivery, ['other'])).toEqual(noMatch);
    for (const each of [provider, acme()])
      expect(() => verifyReceived(each, delivery, [secret])).toThrow(
        'Acme signs with a function, which is always awaited. Use verifyAsync instead.',
      );
  });

  it('calls it no more once a secret fits', async () => {
    const asked: string[] = [];
    const provider = acme((request) => {
      asked.push(request.secret);
      return bySha256(request);
    });
    const delivery = await genuine(provider);
    asked.length = 0;
    expect(await verifyReceivedAsync(provider, delivery, ['other', secret, 'another'])).toEqual({ ok: true });
    expect(asked).toEqual(['other', secret]);
  });

  it('needs the headers that tell its signature, and not all that it may have signed', async () => {
    const provider = acme(bySha256);
    const delivery = await genuine(provider);
    const without = (name: string) => ({ ...delivery, headers: delivery.headers.filter(([other]) => other !== name) });
    expect(await verifyReceivedAsync(provider, without('X-Acme-Id'), [secret])).toEqual({ ok: true });
    expect(await verifyReceivedAsync(provider, without('X-Acme-Signature'), [secret])).toEqual({
      ok: false,
      reason: 'the header X-Acme-Signature is missing',
    });
    const twice = { ...delivery, headers: [...delivery.headers, ['X-Acme-Id', 'other'] as const] };
    expect(await verifyReceivedAsync(provider, twice, [secret])).toEqual({
      ok: false,
      reason: 'the header X-Acme-Id came more than once',
    });
  });

  it('says why where the function fails on what came, without the secret', async () => {
    const telling = acme(({ secret: key }) => {
      throw new Error(`no key: ${key}, ${Buffer.from(key).toString('hex')}\u001b[31m`);
    });
    const delivery = await genuine();
    expect(await verifyReceivedAsync(telling, delivery, [secret])).toEqual({
      ok: false,
      reason: 'Acme: the function of its signature proof threw an error: Error: no key: (secret), (secret)\\x1b[31m.',
    });
  });

  it('rejects, and never throws, whatever comes', async () => {
    const name = fc.constantFrom('X-Acme-Signature', 'X-Acme-Id', 'X-Acme-Event');
    const text = fc.oneof(fc.string(), fc.constantFrom('t=1,v1=00', 't=1,v1=', 't=,v1=a,v1=b'));
    const headers = fc.array(fc.tuple(name, text));
    await fc.assert(
      fc.asyncProperty(headers, fc.oneof(fc.string(), fc.json()), fc.string(), async (pairs, bytes, to) => {
        const request = { method: 'POST', url: to, headers: pairs, body: Buffer.from(bytes) };
        expect(await verifyReceivedAsync(acme(), request, [secret])).toEqual({
          ok: false,
          reason: expect.stringMatching(/^.+/),
        });
      }),
    );
  });

  it('is what the built-in receiver does', async () => {
    const provider = acme();
    const answers: boolean[] = [];
    const receiver = await openReceiver({
      providers: [provider],
      secrets: () => [secret],
      now: Date.now,
      onArrival: ({ verification }) => answers.push(verification.ok),
    });
    onTestFinished(() => receiver.close());
    const to = receiver.url(provider);
    const sent = async (forge?: 'wrong-secret') =>
      (await send(await createDelivery({ provider, url: to, secret, body, ...(forge && { forge }) }))).status;
    expect([await sent(), await sent('wrong-secret')]).toEqual([200, 401]);
    expect(answers).toEqual([true, false]);
  });
});

describe('what a function gives', () => {
  const what = 'Acme: the function of its signature proof';
  it.each([
    ['', `${what} gives an empty text.`],
    ['a\r\nX-Injected: 1', `${what} gives a text with a line break or another control character`],
    [' a', `${what} gives a text with a space at its start or end`],
    [5, `${what} gives what is no text (number).`],
    [undefined, `${what} gives nothing.`],
    [null, `${what} gives null.`],
    [Buffer.from('a'), `${what} gives bytes. Let it return their text`],
  ])('%j is rejected', async (given, message) => {
    for (const wrong of [() => given, async () => given] as unknown as CustomScheme[]) {
      const delivery = genuine(acme(wrong));
      await expect(delivery).rejects.toThrow(message);
      await expect(delivery).rejects.toBeInstanceOf(UsageError);
    }
  });

  it('beyond Latin-1 is rejected in a header', async () => {
    await expect(genuine(acme(() => '✓'))).rejects.toThrow(
      /The value of the header X-Acme-Signature holds a character/,
    );
  });

  it('and throws never tells a secret, in any form', async () => {
    const forms = [
      secret,
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('hex'),
      encodeURIComponent(secret),
    ];
    for (const form of forms) {
      const failing = acme(() => {
        throw new TypeError(`bad key ${form}`);
      });
      const error: Error = await genuine(failing).catch((caught) => caught);
      expect(error.message).toBe(`${what} threw an error: TypeError: bad key (secret).`);
      expect(`${error.stack} ${String(error.cause)}`).not.toContain(form);
    }
  });

  it('that tells the secret makes its header a secret one', async () => {
    const shown = async (text: (key: string) => string) =>
      (await genuine(acme(({ secret: key }) => text(key)))).secretHeaders;
    expect(await shown((key) => `Bearer ${key}`)).toEqual(['x-acme-signature']);
    expect(await shown((key) => `Basic ${Buffer.from(`user:${key}`).toString('base64')}`)).toEqual([
      'x-acme-signature',
    ]);
    expect(await shown((key) => createHmac('sha256', key).digest('hex'))).toEqual([]);
  });

  it('is made of a copy of the body: what it does to it changes nothing', async () => {
    let given: CustomSchemeRequest | undefined;
    const spoiling = acme((request) => {
      given = request;
      request.body.fill(0);
      return 'x';
    });
    const delivery = await genuine(spoiling);
    expect(Buffer.from(delivery.body).toString()).toBe(body);
    const { body: _, ...rest } = given!;
    expect(rest).toEqual({
      secret,
      method: 'POST',
      url,
      event: 'order.created',
      values: { time: '1772600400', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(Object.isFrozen(given) && Object.isFrozen(given!.values)).toBe(true);
  });
});

describe('the schema', () => {
  const problems = (more: object) =>
    providerSchema.safeParse({ ...acme(), ...more }).error?.issues.map(({ path, message }) => `${path}: ${message}`);

  it('takes a function, and nothing else in its place', () => {
    expect(problems({})).toBeUndefined();
    expect(problems({ signatures: { proof: { scheme: 'custom', sign: 'sha256' } } })).toEqual([
      'signatures,proof,sign: must be a function that returns the text of the signature. Only a description in TypeScript or JavaScript can hold one.',
    ]);
    expect(problems({ signatures: { proof: { scheme: 'custom' } } })).toHaveLength(1);
  });

  it('has a JSON Schema, as all of it has', () => {
    const { properties } = z.toJSONSchema(providerSchema, { io: 'input' });
    expect(JSON.stringify(properties!.signatures)).toContain('"const":"custom"');
  });

  it('rejects its signature in the URL that it is given, also through another one', () => {
    const { signatures } = acme();
    const through = {
      ...signatures,
      outer: { scheme: 'digest', hash: 'sha256', content: '{proof}', encoding: 'hex' },
    } as Provider['signatures'];
    expect(
      problems({
        signatures: through,
        query: [
          ['q', '{outer}'],
          ['p', '{proof}'],
        ],
      }),
    ).toEqual([
      "query,0,1: can't hold {outer}: a function makes it, which is given the whole URL, of which this is a part. Put it into a header.",
      "query,1,1: can't hold {proof}: a function makes it, which is given the whole URL, of which this is a part. Put it into a header.",
    ]);
  });

  it('wants a function that opens a body, and one alone that makes it', () => {
    const sign = () => 'text';
    const open = () => '{}';
    const custom = { scheme: 'custom', sign } as const;
    const opened = { ...custom, open } as const;
    expect(problems({ signatures: { proof: custom, sealed: custom }, body: '{sealed}' })).toEqual([
      'body: names {sealed}, whose payload nobody can read again. Give its signature open, a function that returns it.',
    ]);
    expect(problems({ signatures: { proof: custom, a: opened, b: opened }, body: '{a}{b}' })).toEqual([
      'body: names {a} and {b}. One function makes the body.',
    ]);
    expect(problems({ signatures: { proof: custom, a: opened }, body: '{a}', fields: [['event', '{a}']] })).toEqual([
      "fields,0,1: can't hold {a}: a function makes it of the whole body. Name it in body.",
    ]);
    expect(problems({ signatures: { proof: { ...opened, open: 'base64' } } })).toEqual([
      'signatures,proof,open: must be a function that returns the payload. Only a description in TypeScript or JavaScript can hold one.',
    ]);
  });
});

describe('the library', () => {
  const provider = defineProvider(acme());

  it.each([
    ['synchronous', bySha256],
    ['asynchronous', byWebCrypto],
  ])('signs and verifies with a %s function where it is awaited, and says so where it is not', async (_, how) => {
    let calls = 0;
    const counted = acme((request) => {
      calls++;
      return how(request);
    });
    expect(() => sign({ provider: counted, body, secret })).toThrow(
      expect.objectContaining({
        code: 'NEEDS_ASYNC',
        message: 'Acme signs with a function, which is always awaited. Use createDelivery instead.',
      }),
    );
    const { headers } = await genuine(acme(how));
    expect(() => verifyInLibrary({ provider: counted, headers, body, secret, url })).toThrow(
      expect.objectContaining({
        code: 'NEEDS_ASYNC',
        message: 'Acme signs with a function, which is always awaited. Use verifyAsync instead.',
      }),
    );
    expect(calls).toBe(0);
    expect(await verifyInLibraryAsync({ provider: counted, headers, body, secret, url })).toEqual({ ok: true });
  });

  it('delivers what a synchronous function signs', async () => {
    const { headers } = await genuine(acme(bySha256));
    const expected = createHmac('sha256', secret).update(`1772600400.${body}`).digest('hex');
    expect(headers).toContainEqual(['X-Acme-Signature', `t=1772600400,v1=${expected}`]);
  });

  it('verifies', async () => {
    const { headers } = await genuine();
    const options = { provider, headers, body, secret, url };
    expect(await verifyInLibraryAsync(options)).toEqual({ ok: true });
    expect(await verifyInLibraryAsync({ ...options, body: `${body.slice(0, -1)},"more":1}` })).toEqual(noMatch);
    expect(await verifyInLibraryAsync({ ...options, provider: 'scalev' })).toMatchObject({ ok: false });
  });

  it('sends many', async () => {
    const { url: to, requests } = await captureServer();
    const options = { provider, url: to, secret, body, count: 6, concurrency: 3 } as const;
    const events = simulate({ ...options, events: ['order.created', 'order.updated'] } as never);
    for await (const event of events) if (event.type === 'summary') expect(event.accepted).toBe(12);
    expect(judgedByPython(requests, { url: `${to}/`, secret })).toEqual(Array(12).fill(true));
  });

  it('sends nothing where a function fails for one of the events', async () => {
    const { url: to, requests } = await captureServer();
    const choosing: CustomScheme = (request) => {
      if (request.event === 'order.updated') throw new Error('not this one');
      return byWebCrypto(request);
    };
    const choosy = acme(choosing, { eventAt: null });
    const events = simulate({
      provider: choosy,
      url: to,
      secret,
      body,
      events: ['order.created', 'order.updated'],
    } as never);
    await expect(events.next()).rejects.toThrow('not this one');
    expect(requests).toEqual([]);
  });

  it('makes no forgery that a function would sign as well', async () => {
    const delivery = createDelivery({ provider, url, secret, body, forge: 'reserialised-body' });
    await expect(delivery).rejects.toThrow(
      "reserialised-body can't be made for Acme: its function makes the same signature for it.",
    );
  });
});

describe('a check', () => {
  async function checked(verifies: boolean) {
    const provider = acme();
    const server = await judgingServer(async ({ incoming, text, header }) => {
      if (incoming.method !== 'POST') return 'method';
      const [time = '', signature, ...more] = header('x-acme-signature').split(',');
      if (more.length > 0) return 'two headers';
      let content: string;
      try {
        content = sortedJson(JSON.parse(text));
      } catch {
        return 'no JSON';
      }
      const signedText = ['POST', server.url, header('x-acme-event'), time.slice(2), content].join('\n');
      const expected = `v1=${createHmac('sha512', secret).update(signedText).digest('hex')}`;
      const isFresh = Math.abs(Number(time.slice(2)) * 1000 - Date.now()) < 300_000;
      return !verifies || (isFresh && signature === expected) ? null : 'signature';
    });
    const source = {
      provider,
      event: 'order.created',
      variant: null,
      urlFor: () => server.url,
      secrets: [secretOf(secret)],
      headers: [],
      secretNames: [],
      random: seededRandom(1),
      now: Date.now,
    };
    const cases = await Promise.all(
      casesFor(provider, 'order.created', false).map((each) => prepareCase(each, source)),
    );
    const ended: CaseEnded[] = [];
    let summary: CheckEnded | undefined;
    for await (const event of runChecks({
      source,
      cases,
      isPartial: false,
      url: server.url,
      transport: new Transport(),
      clock,
      timeLimitMs: null,
      budgetMs: 60_000,
      signal: new AbortController().signal,
    }))
      if (event.type === 'case') ended.push(event);
      else if (event.type === 'check-summary') summary = event;
    return { ended, summary: summary! };
  }

  it('takes a correct receiver for safe, and says what it left out', async () => {
    const { ended, summary } = await checked(true);
    expect(ended.filter(({ verdict }) => verdict === 'finding').map(({ name }) => name)).toEqual([]);
    expect(summary.grade).toBe('A');
    const left = (name: string) => ended.find((each) => each.name === name)!.reason;
    expect(left('reserialised-body')).toBe('for Acme it is no forgery: its function makes the same signature for it');
    expect(left('empty-body-signature')).toMatch(/^Acme: the function of its signature proof threw an error/);
    expect(left('md5')).toMatch(/a function makes its signature/);
    expect(ended.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(35);
  });

  it('finds the finding of one that verifies nothing', async () => {
    const { summary } = await checked(false);
    expect(summary.grade).toBe('F');
  });

  it('begins with nothing where the function signs not even the plain event', async () => {
    const provider = acme(() => '');
    const source = { provider, event: 'order.created', variant: null, urlFor: () => url, secrets: [secretOf(secret)] };
    const rest = { headers: [], secretNames: [], random: seededRandom(1), now: Date.now };
    const [plain] = casesFor(provider, 'order.created', false);
    await expect(prepareCase(plain!, { ...source, ...rest })).rejects.toThrow(/gives an empty text/);
  });
});

describe('a flow', () => {
  it.each([1, 4])('is signed by the function, %i at once', async (concurrency) => {
    const { url: to, requests } = await captureServer();
    const provider = acme();
    const [flowInfo] = flowsOf(scalev);
    const flow = await prepareFlow(buildScript(provider, flowInfo!), {
      urlFor: () => `${to}/`,
      secretsOf: () => [secretOf(secret)],
      headers: [],
      secretNames: [],
      timeLimitOf: () => null,
    });
    const transport = new Transport();
    onTestFinished(() => transport.close());
    const telling = instantiateFlow(flow, { random: seededRandom(1), startMs: Date.now() });
    const slots = flow.steps.map((step) => ({ step, copy: 1, atMs: 0 }));
    const speed = Number.POSITIVE_INFINITY;
    const events = deliverFlow({ instance: telling, slots, concurrency, speed, transport, clock, now: Date.now });
    for await (const event of events) if (event.type === 'delivery') expect(event.outcome).toBe('accepted');
    expect(requests.length).toBeGreaterThan(2);
    expect(judgedByPython(requests, { url: `${to}/`, secret })).toEqual(requests.map(() => true));
  });
});

describe('a handshake', () => {
  const handshake = {
    name: 'challenge',
    title: 'Challenge',
    certainty: 'documented',
    source: 'x',
    body: '{"plain":"abc"}',
    headers: [['X-Acme-Id', '{id}']],
    signatures: { answer: { scheme: 'custom', sign: byWebCrypto } },
    answer: { status: '200', oneOf: [{ json: [['token', '{answer}']] }] },
  } as const;

  it('may wait for what a function makes', async () => {
    const source = { provider: acme(), url, secrets: [secretOf(secret)], headers: [] };
    const moment = { now: 1_772_600_400_000, random: seededRandom(1) };
    const { oneOf, delivery } = await buildHandshake(handshake, source, moment);
    const signed = `POST\n${url}\nchallenge\n1772600400\n{"plain":"abc"}`;
    const expected = createHmac('sha512', secret).update(signed).digest('hex');
    expect(oneOf).toEqual([{ is: 'json', members: [{ path: 'token', text: expected, kind: 'text' }] }]);
    expect(delivery.headers.map(([name]) => name)).toEqual(['X-Acme-Id']);
  });
});

describe('a diagnosis', () => {
  const look = { colour: false, unicode: true, columns: Number.POSITIVE_INFINITY };
  const diagnosed = async (more: Partial<Case> = {}) =>
    diagnoseSignature({
      provider: acme(),
      request: await genuine(),
      secrets: [secretOf(secret)],
      now: Date.now(),
      toleranceMs: 300_000,
      nameOf: flagName,
      ...more,
    });
  const opaque = 'A function makes its signature, so nothing can be said of why.';

  it('says what is genuine, by the function', async () => {
    const diagnosis = await diagnosed({ secrets: [secretOf('other'), secretOf(secret)] });
    expect(diagnosis).toMatchObject({ genuine: true, findings: [], time: null, secret: { place: 1 } });
    expect(diagnosis.unexplained).toBeUndefined();
  });

  it('and that it can not say why one is not', async () => {
    const request = { ...(await genuine()), body: Buffer.from('{"event":"order.created"}') };
    const diagnosis = await diagnosed({ request });
    expect(diagnosis).toMatchObject({ genuine: false, findings: [], tried: {}, unexplained: opaque });
    const text = diagnosisText(diagnosis, look);
    expect(text).toMatch(/^✗ not genuine: Acme's signature in X-Acme-Signature does not fit/);
    expect(text).toContain(`why     ${opaque}`);
    expect(text).not.toMatch(/--computed|No mistake that is known/);
    expect(text).not.toContain(secret);
  });

  it('names what is wrong with the headers, or what the function made of it', async () => {
    const delivery = await genuine();
    const missing = await diagnosed({ request: { ...delivery, headers: [] } });
    expect(missing.problems).toMatchObject([{ header: 'X-Acme-Signature', problem: 'missing' }]);
    expect(missing.unexplained).toBeUndefined();
    const nameless = delivery.headers.filter(([name]) => name !== 'X-Acme-Event');
    const partly = await diagnosed({ request: { ...delivery, headers: nameless, body: Buffer.from('{}') } });
    expect(partly).toMatchObject({ problems: [], unexplained: `${opaque} The header X-Acme-Event is missing.` });
    const broken = await diagnosed({ request: { ...delivery, body: Buffer.from('{') } });
    expect(broken.unexplained).toMatch(
      /^Acme: the function of its signature proof threw an error: SyntaxError.*[^.]\.$/,
    );
  });

  it('compares what a receiver computed', async () => {
    const right = (await genuine()).headers.at(-1)![1].split('v1=')[1]!;
    expect(await diagnosed({ computed: right })).toMatchObject({ genuine: true, requestFits: true, next: [] });
    const request = { ...(await genuine()), headers: (await genuine()).headers.slice(0, 3) };
    expect(await diagnosed({ request, computed: right })).toMatchObject({ genuine: false, unexplained: opaque });
    const wrong = await diagnosed({ computed: right.replace(/./, 'g') });
    expect(wrong).toMatchObject({ genuine: false, requestFits: true, expected: right, unexplained: opaque });
  });
});

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
