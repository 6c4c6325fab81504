import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogIndex } from '../../src/history/logIndex.js';
import { parseLogSearch } from '../../src/history/parseLogSearch.js';
import { watchLog } from '../../src/history/watchLog.js';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { loggedProject } from './project.js';

const now = Date.parse('2026-01-31T12:00:00Z');

/** A record of the log as a file has it. */
function record(number: number, more: Record<string, unknown> = {}, body = `{"id":"evt_${number}"}`): string {
  return JSON.stringify({
    schemaVersion: 1,
    key: number.toString(16).padStart(12, '0'),
    run: 'aaaaaaaaaaaa',
    resendOf: null,
    type: 'kept',
    id: `id-${number}`,
    provider: 'scalev',
    event: 'order.created',
    variant: null,
    forge: null,
    url: 'http://localhost:3000/hook',
    outcome: 'accepted',
    ok: true,
    target: null,
    unixSocket: null,
    resolve: {},
    secretHeaders: [],
    request: { method: 'POST', headers: [['X-One', 'Two']], bytes: body.length, sha256: '', framing: 'length', body },
    attempts: [
      {
        number: 1,
        scheduledAtMs: 0,
        startedAt: new Date(now - number * 60_000).toISOString(),
        remoteAddress: null,
        status: 200,
        timing: { totalMs: 5 },
        response: { headers: [], bytes: 2, body: 'ok', truncated: false },
        error: null,
      },
    ],
    ...more,
  });
}

function logOf(...records: string[]) {
  const path = folderOf({ 'deliveries.jsonl': records.map((each) => `\n${each}\n`).join('') });
  const folder = { project: '/p', home: null, all: path, path };
  return { path, file: join(path, 'deliveries.jsonl'), index: new LogIndex(folder) };
}

const found = (index: LogIndex, text: string, limit = 100, before: string | null = null) => {
  const { rows, next, total } = index.search(parseLogSearch(text, now), { limit, before });
  return { ids: rows.map(({ id }) => id), next, total };
};

describe('a search of the log', () => {
  const records = [
    record(1),
    record(2, { provider: 'stripe', event: 'invoice.paid', ok: false, outcome: 'rejected' }, '{"id":"pi_123","a":"Ü"}'),
    record(3, { direction: 'received', provider: null, event: '' }),
    record(4, { forge: 'no-signature', target: 'dev', url: 'http://localhost:3000/other' }),
  ];
  it.each([
    ['', [4, 3, 2, 1]],
    ['provider:stripe', [2]],
    ['provider:STRIPE,scalev', [4, 2, 1]],
    ['event:invoice.*', [2]],
    ['-event:order.created', [3, 2]],
    ['outcome:rejected', [2]],
    ['is:failed', [2]],
    ['direction:in', [3]],
    ['direction:out is:ok', [4, 1]],
    ['forge:*', [4]],
    ['target:dev', [4]],
    ['url:*/other', [4]],
    ['status:>=200 status:<300', [4, 3, 2, 1]],
    ['status:4xx', []],
    ['status:2xx,500', [4, 3, 2, 1]],
    ['status:none', []],
    ['after:150s', [2, 1]],
    ['before:2026-01-31T11:57:00Z', [4]],
    ['key:00000000000', [4, 3, 2, 1]],
    ['"pi_123"', [2]],
    ['PI_123 provider:stripe', [2]],
    ['"\\"id\\":\\"pi_123\\""', [2]],
    ['ü', [2]],
    ['-pi_123', [4, 3, 1]],
    ['x-one:', [4, 3, 2, 1]],
    ['"x-one: two"', [4, 3, 2, 1]],
    ['schemaVersion', []],
  ])('finds by %s', (text, numbers) => {
    const { index } = logOf(...records);
    index.refresh();
    expect(found(index, text).ids).toEqual(numbers.map((each) => `id-${each}`));
  });

  it.each([
    ['provder:stripe', /no field provder.*provider/],
    ['http://localhost', /no field http.*"http:\/\/localhost"/],
    ['outcome:bad', /no value bad.*accepted/],
    ['status:abc', /"abc" is no number.*status:>=400/],
    ['after:2m30s', /"2m30s" is neither a duration nor a time/],
    ['after:soon', /"soon" is neither a duration nor a time.*after:1h/],
    ['provider:', /provider: has no value/],
    ['"pi_123', /quotation mark/],
    ['a '.repeat(60), /at most 50 terms/],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseLogSearch(text, now)).toThrow(message);
  });

  it('is a flag of log', async () => {
    const project = loggedProject();
    const server = await captureServer('HTTP/1.1 503 -\r\nContent-Length: 2\r\n\r\nno');
    await project.run(['send', 'scalev', 'order.created', 'order.deleted', '--to', server.url, '-q']);
    const search = async (text: string) =>
      (await project.run(['log', '--json', '--search', text])).json.map(({ event }) => event);
    expect(await search('status:>=500 order.deleted')).toEqual(['order.deleted']);
    expect(await search('status:<500')).toEqual([]);
    expect((await project.run(['log', '--search', 'nope:1'])).exitCode).toBe(2);
  });
});

describe('the index of a log', () => {
  it('pages from the newest to the oldest', () => {
    const { index } = logOf(...Array.from({ length: 7 }, (_, at) => record(at + 1)));
    index.refresh();
    const first = found(index, '', 3);
    expect(first).toEqual({ ids: ['id-7', 'id-6', 'id-5'], next: '000000000005', total: 7 });
    const second = found(index, '', 3, first.next);
    expect(second).toEqual({ ids: ['id-4', 'id-3', 'id-2'], next: '000000000002', total: 7 });
    expect(found(index, '', 3, second.next)).toEqual({ ids: ['id-1'], next: null, total: 7 });
    expect(found(index, '', 3, 'ffffffffffff').ids).toEqual([]);
  });

  it('reads only what is new, whole lines alone, also of files that got another name', () => {
    const { index, file, path } = logOf(record(1));
    expect(index.refresh().added.map(({ id }) => id)).toEqual(['id-1']);
    expect(index.refresh()).toEqual({ added: [], isShorter: false });
    const line = `\n${record(2)}\n`;
    appendFileSync(file, line.slice(0, 200));
    expect(index.refresh().added).toEqual([]);
    appendFileSync(file, line.slice(200));
    expect(index.refresh().added.map(({ id }) => id)).toEqual(['id-2']);
    renameSync(file, join(path, 'deliveries.00000001.aaaaaa.jsonl'));
    writeFileSync(file, `\n${record(3)}\n`);
    expect(index.refresh()).toMatchObject({ added: [{ id: 'id-3' }], isShorter: false });
    expect(index.entry('000000000001')?.id).toBe('id-1');
    rmSync(join(path, 'deliveries.00000001.aaaaaa.jsonl'));
    expect(index.refresh()).toEqual({ added: [], isShorter: true });
    expect(found(index, '').ids).toEqual(['id-3']);
    expect(index.entry('000000000001')).toBeNull();
    rmSync(path, { recursive: true });
    expect(index.refresh()).toEqual({ added: [], isShorter: true });
  });

  it('passes over torn lines, and counts them', () => {
    const { index } = logOf(record(1), record(2).slice(0, 90), record(3));
    expect(index.refresh().added.map(({ id }) => id)).toEqual(['id-1', 'id-3']);
    expect(index.broken).toBe(1);
  });

  it('finds a text in a body that is kept as Base64', () => {
    const request = JSON.parse(record(1)).request;
    const { body: _, ...rest } = request;
    const kept = { ...rest, bodyBase64: Buffer.from('\xffneedle', 'latin1').toString('base64') };
    const { index } = logOf(record(1, { request: kept }), record(2));
    index.refresh();
    expect(found(index, 'needle').ids).toEqual(['id-1']);
  });
});

it('is told when a log may have changed, also one that is not there yet', async () => {
  const parent = folderOf({});
  const path = join(parent, 'later');
  let wake = () => {};
  const watching = watchLog({ path }, () => wake());
  onTestFinished(() => watching.close());
  await new Promise<void>((resolve) => {
    wake = resolve;
  });
});
