import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standardPresets } from '../../src/authoring/scaffold/standardPresets.js';
import { identityKinds } from '../../src/core/identity.js';
import { countedTimeKinds, writtenTimeKinds } from '../../src/core/time.js';
import { descriptionSchema } from '../../src/providers/schema.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const text = readFileSync(join(import.meta.dirname, '../../docs/providers.md'), 'utf8');
const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code]) => ({ language, code: code! }));

/** The files that the document tells to write, by the path in their first line. */
const files = Object.fromEntries(
  blocks.flatMap(({ language, code }) => {
    const [, path] = /^(?:#|\/\/) (\S+\.\w+)\n/.exec(code) ?? [];
    if (!path) return [];
    return [[path, language === 'json' ? code.slice(code.indexOf('\n') + 1) : code]];
  }),
);

const sections = Object.fromEntries(
  text.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);
const namesIn = (text: string) =>
  [...text.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap((row) =>
    [...row[1]!.matchAll(/`([\w-]+)`/g)].map((name) => name[1]!),
  );
const firstCells = (section: string) => namesIn(sections[section]!);

describe('docs/providers.md', () => {
  it.each(
    blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ code }) => code.trim().split('\n'))
      .filter((line) => line.startsWith('webhook-sim ')),
  )('%s', async (line) => {
    const cwd = folderOf(files);
    const { exitCode, stdout, stderr } = await cli(
      line
        .replace(/\s+#.*$/, '')
        .split(' ')
        .slice(1),
      { cwd },
    );
    expect(stderr).not.toContain('webhook-sim:');
    expect(stdout).not.toBe('');
    expect(exitCode).toBe(0);
  });

  it('begins a provider of a standard with which all that follows works', async () => {
    const [lines = ''] = sections["Simulate your own service's webhooks"]!.match(/(?<=```sh\n)[\s\S]*?(?=```)/) ?? [];
    const cwd = folderOf({});
    const commands = lines.trim().split('\n');
    expect(commands.length).toBe(4);
    for (const line of commands) {
      const argv = line.replace(':3000', 'demo').split(' ').slice(2);
      expect([line, (await cli(argv, { cwd })).exitCode]).toEqual([line, 0]);
    }
  });

  it('tells of every scheme of a standard that a provider can begin with', () => {
    const [, ...rows] = sections["Simulate your own service's webhooks"]!.split('\n').filter((line) =>
      line.startsWith('| `'),
    );
    const named = rows.flatMap((row) => /^\| `([\w-]+)` \|/.exec(row)?.[1] ?? []);
    expect(named).toEqual(standardPresets.map(({ name }) => name));
  });

  it('has a description in TypeScript that is loaded as well', async () => {
    const { stdout } = await cli(['list', 'bolt'], { cwd: folderOf(files) });
    expect(stdout).toBe('bolt (bolt), 1 event\n  ride.finished\n');
  });

  it('has a function that signs', async () => {
    const { exitCode, stdout } = await cli(['send', 'comet', 'comet.seen', '--dry-run'], { cwd: folderOf(files) });
    expect(exitCode).toBe(0);
    const expected = createHmac('sha256', 'comet-sample-secret')
      .update('POST comet.seen\n{"name":"Halley"}')
      .digest('hex');
    expect(stdout).toContain(`X-Comet: ${expected}`);
    const demo = await cli(['send', 'comet', 'comet.seen'], { cwd: folderOf(files) });
    expect([demo.exitCode, demo.stdout]).toEqual([0, expect.stringContaining('200 comet comet.seen')]);
  });

  it('has identities that make deliveries fresh', async () => {
    const identities = blocks.find(({ code }) => code.startsWith('identities:'))!.code;
    const provider = 'webhooks/acme/provider.yaml';
    const cwd = folderOf({ ...files, [provider]: `${files[provider]}\n${identities}` });
    const bodies = await Promise.all(
      [1, 2].map(
        async () => (await cli(['send', 'acme', 'order.created', '--dry-run'], { cwd })).stdout.split('\n\n')[1],
      ),
    );
    const ids = bodies.map((body) => /"id":"([0-9a-f-]{36})"/.exec(body!)![1]);
    expect(new Set(ids).size).toBe(2);
    expect(bodies[0]).not.toContain('2026-01-01T10:00:00Z');
  });

  it('tells of every key, scheme and kind of identity, and of no other', () => {
    const keys = Object.keys(descriptionSchema.shape).filter((key) => key !== '$schema');
    expect(new Set(firstCells('What a description holds'))).toEqual(new Set(keys));
    const schemes = ['hmac', 'digest', 'crc32', 'encoded', 'ed25519', 'ecdsa', 'rsa', 'jwt', 'rfc9421', 'custom'];
    const [ofSignatures = '', ofTimes = ''] = sections['Headers and signatures']!.split('### Times');
    expect(new Set(namesIn(ofSignatures))).toEqual(new Set(schemes));
    expect(new Set(namesIn(ofTimes))).toEqual(new Set(['format', ...writtenTimeKinds, ...countedTimeKinds]));
    for (const kind of identityKinds) expect(sections['Fresh ids and times'], kind).toContain(`\`${kind}\``);
  });
});
