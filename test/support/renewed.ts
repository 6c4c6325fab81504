import { join } from 'node:path';
import { expect } from 'vitest';
import { writeFaithfully } from '../../src/json/encodeJson.js';
import { readSampleFile } from '../../src/payloads/readSampleFile.js';
import { type Captured, captureServer } from './capture.js';
import { cli } from './cli.js';

/** Values of a document by their path: `data.items[0].price`. */
export type Leaves = ReadonlyMap<string, string | number | boolean | null>;

/** A sample beside what was sent for it. */
export interface Renewed {
  readonly name: string;
  readonly sample: string;
  readonly request: Captured;
  readonly before: Leaves;
  readonly after: Leaves;
}

/** Returns a sample as text, with the resources that it uses; `name` is the event, with `--variant` where it is one. */
export function sampleText(provider: string, name: string): string {
  return writeFaithfully(
    readSampleFile(join(import.meta.dirname, '../../payloads', provider, 'events'), `${name}.json`),
    'pretty',
  );
}

/** All leaves of a JSON text; empty objects and arrays count as one. */
export function leavesOf(text: string): Leaves {
  const leaves = new Map<string, string | number | boolean | null>();
  const walk = (value: unknown, path: string) => {
    const members = Object.entries(value !== null && typeof value === 'object' ? value : {});
    if (value === null || typeof value !== 'object') leaves.set(path, value as string);
    else if (members.length === 0) leaves.set(path, JSON.stringify(value));
    for (const [key, member] of members) {
      walk(member, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key);
    }
  };
  walk(JSON.parse(text), '');
  return leaves;
}

/** Sends the events over the command line, with `flags`, and puts each request beside its sample. */
export async function sendSamples(
  provider: string,
  names: readonly string[],
  flags: readonly string[],
): Promise<Renewed[]> {
  const server = await captureServer();
  const variants = new Set(names.map((name) => name.split('--')[1]));
  expect(variants.size, 'send samples of one variant at a time').toBe(1);
  const variant = [...variants].flatMap((name) => (name === undefined ? [] : ['--variant', name]));
  const events = names.map((name) => name.split('--')[0]!);
  const { exitCode, stderr } = await cli(['send', provider, ...events, ...variant, ...flags, '--to', server.url]);
  expect(exitCode, stderr).toBe(0);
  expect(server.requests).toHaveLength(names.length);
  return names.map((name, i) => {
    const request = server.requests[i]!;
    const sample = sampleText(provider, name);
    const [before, after] = [leavesOf(sample), leavesOf(request.body.toString('utf8'))];
    expect([...after.keys()]).toEqual([...before.keys()]);
    return { name, sample, request, before, after };
  });
}

/** The paths whose value is no longer that of the sample. */
export function changedPaths({ before, after }: Renewed): string[] {
  return [...before.keys()].filter((path) => before.get(path) !== after.get(path));
}

/** The paths that a pattern finds, without those that hold nothing. */
export function pathsLike(pattern: RegExp, { before }: Renewed): string[] {
  return [...before.keys()].filter((path) => pattern.test(path) && before.get(path) !== null);
}

/** Any two values of the bodies are equal afterwards if and only if they were before. */
export function expectSameRelations(bodies: readonly Renewed[]): void {
  const [forth, back] = [new Map<unknown, unknown>(), new Map<unknown, unknown>()];
  for (const { name, before, after } of bodies) {
    for (const [path, value] of before) {
      const [old, fresh] = [String(value), String(after.get(path))];
      expect(typeof after.get(path), `${name} ${path}`).toBe(typeof value);
      expect(forth.get(old) ?? fresh, `${name} ${path}: ${old} became two values`).toBe(fresh);
      expect(back.get(fresh) ?? old, `${name} ${path}: two values became ${fresh}`).toBe(old);
      forth.set(old, fresh);
      back.set(fresh, old);
    }
  }
}

/** None of the texts is left anywhere in the bodies that were sent, and each of them was in a sample. */
export function expectGone(texts: readonly string[], bodies: readonly Renewed[]): void {
  for (const text of texts) {
    expect(
      bodies.some(({ sample }) => sample.includes(text)),
      `${text} is in no sample`,
    ).toBe(true);
    for (const { name, request } of bodies) expect(request.body.toString(), name).not.toContain(text);
  }
}

/** The points in time that texts tell, as they are written. */
export function timesIn(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => text.match(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}[.\dZ]*/g) ?? []))];
}
