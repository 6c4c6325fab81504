import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import type { DeliveryEnded } from '../../src/core/run.js';
import type { SuiteEvent } from '../../src/core/suite.js';
import { harFile } from '../../src/report/suite/har.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { answering, freePort, rudeServer } from '../support/rude.js';
import { sentTo } from './sent.js';
import { aDelivery, anAttempt, anEnded, anUnanswered, aResult, aSummary } from './suiteEvents.js';

const require = createRequire(import.meta.url);

/** Returns the errors by the public schema of HAR 1.2. */
function wrongIn(document: unknown): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  for (const schema of Object.values(require('har-schema'))) ajv.addSchema(schema as object);
  const validate = ajv.getSchema('har.json')!;
  validate(document);
  return validate.errors ?? [];
}

function textOf(...events: readonly SuiteEvent[]): string {
  let text = '';
  const reporter = harFile((piece) => {
    text += piece;
  });
  for (const event of events) reporter.event(event);
  return text;
}

// biome-ignore lint/suspicious/noExplicitAny: a JSON document
const documentOf = (...events: readonly SuiteEvent[]): any => JSON.parse(textOf(...events));
const entriesOf = (...deliveries: readonly DeliveryEnded[]) =>
  documentOf(aResult({ deliveries }), aSummary()).log.entries;

describe('a HAR of a run', () => {
  it('tells all of an attempt in the terms of HAR', () => {
    const document = documentOf(aResult(), aSummary());
    expect(wrongIn(document)).toEqual([]);
    expect(document.log).toMatchObject({
      version: '1.2',
      creator: { name: 'webhook-sim', version: '0.0.0-development' },
      comment: '1 passed | 1 delivery | p50 10.1 ms, p95 10.1 ms | 1.2 s',
      pages: [],
    });
    expect(document.log.entries).toEqual([
      {
        startedDateTime: '2026-01-13T01:00:12.000Z',
        time: 10.1,
        request: {
          method: 'POST',
          url: 'http://127.0.0.1:3000/hooks?shop=a%20b&shop=c',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: [
            { name: 'host', value: '127.0.0.1:3000' },
            { name: 'Content-Type', value: 'application/json' },
            { name: 'X-Scalev-Hmac-Sha256', value: 'c2lnbmF0dXJl' },
            { name: 'content-length', value: '14' },
          ],
          queryString: [
            { name: 'shop', value: 'a b' },
            { name: 'shop', value: 'c' },
          ],
          postData: { mimeType: 'application/json', text: '{"total":1.10}' },
          headersSize: -1,
          bodySize: 14,
        },
        response: {
          status: 200,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: [{ name: 'content-type', value: 'text/plain' }],
          content: { size: 2, mimeType: 'text/plain', text: 'ok' },
          redirectURL: '',
          headersSize: -1,
          bodySize: 2,
        },
        cache: {},
        // Of 10.1 ms all but 9.85 were spent before the first phase; TLS is a part of connect.
        timings: { blocked: 0.25, dns: 0.5, connect: 3.25, ssl: 2, send: 0.1, wait: 5, receive: 1 },
        serverIPAddress: '127.0.0.1',
        comment: 'smoke.webhooks.yaml: scalev order.created',
        _webhookSim: {
          suite: 'smoke.webhooks.yaml',
          case: 'scalev order.created',
          checkCase: null,
          status: 'passed',
          id: 'd-1',
          provider: 'scalev',
          event: 'order.created',
          variant: null,
          forge: null,
          outcome: 'accepted',
          ok: true,
          attempt: 1,
          scheduledAtMs: 0,
          reused: false,
          error: null,
        },
      },
    ]);
  });

  it('has status 0 and the reason where nothing was answered, and -1 for what did not happen', () => {
    const ended = anEnded({ attempts: [anUnanswered()], outcome: 'unreachable', ok: false });
    const document = documentOf(aResult({ deliveries: [ended], status: 'failed' }), aSummary());
    expect(wrongIn(document)).toEqual([]);
    const [entry] = document.log.entries;
    expect(entry.response).toEqual({
      status: 0,
      statusText: '',
      httpVersion: '',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _error: 'ECONNREFUSED: 127.0.0.1:3000 refused the connection',
    });
    expect(entry.timings).toEqual({ blocked: 0, dns: -1, connect: 0.4, ssl: -1, send: 0, wait: 0, receive: 0 });
    expect(entry.time).toBe(0.4);
    expect(entry).not.toHaveProperty('serverIPAddress');
  });

  it('has bytes that are no text as base64, in both directions, and says where it was cut', () => {
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    const response = { headers: [], bytes: 70_000, body, truncated: true };
    const [entry] = entriesOf(
      anEnded({ delivery: aDelivery({ body }), attempts: [anAttempt({ response, remoteAddress: '[::1]:3000' })] }),
    );
    expect(entry.request.postData).toEqual({ mimeType: 'application/json', text: '/wD+', encoding: 'base64' });
    expect(entry.response.content).toEqual({
      size: 70_000,
      mimeType: 'x-unknown',
      text: '/wD+',
      encoding: 'base64',
      comment: 'the first 3 bytes',
    });
    expect(entry.serverIPAddress).toBe('::1');
  });

  it('holds no secret, and nothing that a terminal would obey', () => {
    const headers = [['Authorization', 'Bearer very-secret']] as const;
    const response = {
      headers: [['X-A', '\u009b31m\u202e']] as const,
      bytes: 1,
      body: Buffer.from('x'),
      truncated: false,
    };
    const text = textOf(
      aResult({
        deliveries: [
          anEnded({
            delivery: aDelivery({ headers, secretHeaders: ['authorization'] }),
            attempts: [anAttempt({ response })],
          }),
        ],
      }),
      aSummary(),
    );
    expect(text).not.toContain('very-secret');
    expect(text).toMatch(/"name":"Authorization","value":"\(secret [0-9a-f]{8}\)"/);
    expect(text).toContain('\\u009b31m\\u202e');
    expect(text).not.toMatch(/[\u0080-\u009f\u202e]/);
  });

  it('has every attempt of every delivery, in the order of time, each with the case of a check that it belongs to', () => {
    const at = (startedAt: string, number = 1) => anAttempt({ startedAt, number });
    const late = anEnded({ attempts: [at('2026-01-13T01:00:14.000Z')] });
    const twice = anEnded({ attempts: [at('2026-01-13T01:00:13.000Z'), at('2026-01-13T01:00:15.000Z', 2)] });
    const one = {
      type: 'case',
      name: 'no-signature',
      class: 'must-reject',
      forge: 'no-signature',
      verdict: 'passed',
      leftOut: false,
      advisory: false,
      reason: '',
      sent: '',
      observed: '',
      why: '',
      fix: '',
      deliveries: [late],
    } as const;
    const summary = {
      type: 'check-summary',
      provider: 'scalev',
      event: 'order.created',
      url: '',
      grade: 'A',
      gradeReason: '',
      findings: [],
      remarks: [],
      counts: { passed: 1, finding: 0, remark: 0, not_judged: 0 },
      leftOut: 0,
      incomplete: null,
      reached: true,
      interrupted: false,
    } as const;
    const { log } = documentOf(
      aResult({ kind: 'check', name: 'check', deliveries: [late], check: { cases: [one], summary } }),
      aResult({ deliveries: [twice] }),
      aSummary({ interrupted: true }),
    );
    // biome-ignore lint/suspicious/noExplicitAny: a JSON document
    expect(log.entries.map((entry: any) => [entry.startedDateTime, entry.comment, entry._webhookSim.attempt])).toEqual([
      ['2026-01-13T01:00:13.000Z', 'smoke.webhooks.yaml: scalev order.created', 1],
      ['2026-01-13T01:00:14.000Z', 'smoke.webhooks.yaml: check: no-signature', 1],
      ['2026-01-13T01:00:15.000Z', 'smoke.webhooks.yaml: scalev order.created', 2],
    ]);
    expect(log.comment).toMatch(/^Interrupted: /);
  });

  it('is well-formed where nothing was sent', () => {
    const document = documentOf(aResult({ deliveries: [], status: 'skipped' }), aSummary());
    expect(wrongIn(document)).toEqual([]);
    expect(document.log.entries).toEqual([]);
  });
});

describe('a HAR is read again', () => {
  it('by verify, byte for byte, with a signature that is right', async () => {
    const { url } = await rudeServer(answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    const closed = `http://127.0.0.1:${await freePort()}/`;
    const deliveries = await sentTo([`${url}/a?b=c`, closed]);
    const text = textOf(aResult({ deliveries }), aSummary());
    expect(wrongIn(JSON.parse(text))).toEqual([]);
    const folder = folderOf({ 'run.har': text });
    for (const entry of ['1', '2']) {
      const { exitCode, stdout } = await cli(['verify', 'scalev', join(folder, 'run.har'), '--entry', entry]);
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('✓ genuine')]);
    }
  });

  it('with bodies that are no text', async () => {
    const body = Buffer.from([0xff, 0x00, 0x7b, 0x7d]);
    const text = textOf(aResult({ deliveries: [anEnded({ delivery: aDelivery({ body }) })] }), aSummary());
    const { request, notes, at } = await readCapture(Buffer.from(text), { source: 'it', having: [] });
    expect(Buffer.from(request.body).toString('hex')).toBe('ff007b7d');
    expect(notes).toEqual([]);
    expect(at).toBe(Date.UTC(2026, 0, 13, 1, 0, 12));
  });
});
