import { describe, expect, it } from 'vitest';
import { literalFinder } from '../../src/payloads/placeholders.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

async function bodies(...argv: string[]) {
  const server = await captureServer();
  const { exitCode, stderr } = await cli(['send', ...argv, '--to', server.url]);
  return { exitCode, stderr, bodies: server.requests.map(({ body }) => JSON.parse(body.toString())) };
}

describe('placeholders in --set', () => {
  it('fills each kind anew in each delivery', async () => {
    const { bodies: sent } = await bodies(
      'scalev',
      'order.created',
      '--count',
      '3',
      '--set',
      'data.notes={{uuid}} no. {{seq}} {{ hex:8 }}',
    );
    const notes = sent.map(({ data }) => data.notes);
    for (const [i, note] of notes.entries()) {
      expect(note).toMatch(
        new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} no\\. ${i + 1} [0-9a-f]{8}$`),
      );
    }
    expect(new Set(notes).size).toBe(3);
  });

  it('writes a time as the value that it replaces, and follows --now', async () => {
    const { bodies: sent } = await bodies(
      'scalev',
      'order.created',
      '--now',
      '2026-06-01T12:00:00Z',
      '--set',
      'data.created_at={{now-90m}}',
      '--set',
      'data.paid_time={{now+1h}}',
      '--set',
      'data.customer_id={{now}}',
    );
    expect(sent[0].data).toMatchObject({
      created_at: '2026-06-01T10:30:00Z',
      paid_time: '2026-06-01T13:00:00.000Z',
      customer_id: Date.parse('2026-06-01T12:00:00Z') / 1000,
    });
  });

  it('follows --seed', async () => {
    const argv = [
      'scalev',
      'order.created',
      '--seed',
      '5',
      '--now',
      '2026-06-01T12:00:00Z',
      '--set',
      'data.notes={{uuid}}{{hex:4}}',
    ];
    expect((await bodies(...argv)).bodies).toEqual((await bodies(...argv)).bodies);
  });

  it('leaves braces that are not closed', async () => {
    const { bodies: sent } = await bodies('scalev', 'order.created', '--set', 'data.notes=a {{ b } c');
    expect(sent[0].data.notes).toBe('a {{ b } c');
  });

  it('keeps the type of what it replaces, and other braces', async () => {
    const { bodies: sent } = await bodies(
      'scalev',
      'order.created',
      '--set',
      'data.total_quantity={{seq}}',
      '--set',
      'data.tags:=["{{seq}}"]',
    );
    expect(sent[0].data.total_quantity).toBe(1);
    expect(sent[0].data.tags).toEqual(['{{seq}}']);
  });

  it.each([
    ['data.notes={{uid}}', 'there is no placeholder {{uid}}. Did you mean uuid?'],
    ['data.notes={{now+soon}}', 'there is no placeholder {{now+soon}}'],
    ['data.notes={{hex:0}}', 'there is no placeholder {{hex:0}}'],
    ['data.total_quantity={{uuid}}', 'data.total_quantity is a number'],
  ])('%s is an error before anything is sent', async (set, message) => {
    const { exitCode, stderr, bodies: sent } = await bodies('scalev', 'order.created', '--set', set);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
    expect(sent).toEqual([]);
  });
});

describe('--dialect', () => {
  it('writes the payload as another encoder does, signed over those bytes', async () => {
    const server = await captureServer();
    for (const style of ['python', 'pretty', 'php']) {
      await cli(['send', 'covver', 'OrderPlaced', '--exact', '--dialect', style, '--to', server.url]);
    }
    const [python, pretty, php] = server.requests.map(({ body }) => body.toString());
    expect(python).toContain('{"type": "OrderPlaced", "data": {"id": ');
    expect(pretty).toContain('{\n  "type": "OrderPlaced",\n');
    expect(php).toContain('"https:\\/\\/media.example.com\\/');
  });

  it('suggests a style', async () => {
    const { stderr, exitCode } = await cli(['send', 'scalev', 'order.created', '--dialect', 'pyton', '--dry-run']);
    expect(stderr).toContain('there is no style pyton. Did you mean python?');
    expect(exitCode).toBe(2);
  });
});

it('finds a literal behind what a form writes as %22, and not as a part of a longer word', () => {
  const found = (text: string) => [...text.matchAll(literalFinder(['5b8e1d47']))].map(({ index }) => index);
  expect(found('events=%7B%22id%22%3A%225b8e1d47%22%7D')).toEqual([24]);
  expect(found('{"id":"5b8e1d47"}')).toEqual([7]);
  expect(found('a5b8e1d47 25b8e1d47 5b8e1d47a')).toEqual([]);
});
