import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FormDialect } from '../../src/core/provider.js';
import { writeBody } from '../../src/json/dialect.js';
import { FormBody } from '../../src/json/formBody.js';
import { completeProvider } from '../../src/providers/complete.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const secret = 's3cr3t-of-pine';
const dialect: FormDialect = { kind: 'form', nesting: 'brackets', lists: 'indices' };

const pine = completeProvider({
  name: 'pine',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Sig': '{sig}' },
  dialect,
  values: {
    content: { kind: 'fields', paths: ['id', 'amount'], each: '{name}={value}', join: '&', absent: 'left out' },
  },
  signatures: { sig: { scheme: 'hmac', hash: 'sha256', content: '{content}', encoding: 'hex' } },
  events: ['paid'],
});
const sig = createHmac('sha256', secret).update('id=1&amount=100').digest('hex');
const judge = (body: string, url = 'http://localhost/', provider = pine) =>
  verifyReceived(provider, { method: 'POST', url, headers: [['X-Sig', sig]], body: Buffer.from(body) }, [secret]);

describe('a signed field that is there more than once', () => {
  it.each([
    'id=1&amount=100&amount=999999',
    'id=1&amount=999999&amount=100',
    'id=1&amount[0]=100&amount[1]=5',
    'id=1&amount=100&amount[x]=5',
    'id=1&amount=100&amount[]=5',
  ])('does not count as signed: %s', (body) => {
    expect(judge('id=1&amount=100&note=a&note=b')).toEqual({ ok: true });
    expect(judge(body)).toMatchObject({ ok: false });
  });

  it('is not a field alone: a token of the query is there once', () => {
    const token = completeProvider({
      name: 'oak',
      headers: { 'Content-Type': 'application/json' },
      query: [['token', '{secret}']],
      events: ['paid'],
    });
    expect(judge('{}', `http://localhost/?token=${secret}`, token)).toEqual({ ok: true });
    expect(judge('{}', `http://localhost/?token=other&token=${secret}`, token)).toMatchObject({ ok: false });
  });
});

describe('names that no object can have side by side', () => {
  it.each([
    'id=1&a=1&a[b]=2',
    'a[b]=2&a=1',
    'a[0]=1&a[-1]=2',
    'a[0]=1&a[x]=2&a[0]=3',
    'a[1]=x&a[5]=y',
    'a[b]=1&a[b][c]=2',
  ])('stand for themselves: %s', (text) => {
    const { value } = FormBody.read(Buffer.from(text), dialect)!;
    const sortedPairs = (form: string) => [...new URLSearchParams(form)].map(String).sort();
    const written = writeBody(value, text.includes('a[0]=3') ? { ...dialect, lists: 'repeated' } : dialect).toString();
    expect(sortedPairs(written)).toEqual(sortedPairs(text));
  });

  it('are all sent', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: webhooks\n',
      'webhooks/elm/provider.yaml':
        'name: elm\nheaders: { Content-Type: application/x-www-form-urlencoded }\ndialect: { kind: form, nesting: brackets, lists: indices }\n',
      'webhooks/elm/events/paid.form': 'id=1&a=1&a[b]=2&c[-1]=3&c[0]=4',
    });
    const { url, requests } = await captureServer();
    expect((await cli(['send', 'elm', 'paid', '--to', url], { cwd })).exitCode).toBe(0);
    expect([...new URLSearchParams(requests[0]!.body.toString())]).toEqual([
      ['id', '1'],
      ['a', '1'],
      ['a[b]', '2'],
      ['c[-1]', '3'],
      ['c[0]', '4'],
    ]);
  });
});
