import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The floors of the house, from the ground up; a room imports only from floors below its own. */
const floors: readonly (readonly string[])[] = [
  ['core'],
  ['signing', 'json', 'policy', 'transport', 'report'],
  ['providers', 'payloads'],
  ['delivery', 'forge'],
  ['simulate', 'receiver'],
  ['check', 'diagnose', 'flow'],
  ['suite'],
  ['config'],
  ['cli', 'api'],
];

/** What only one room may import, or two. */
const reserved: Record<string, string | string[]> = {
  undici: 'transport',
  chalk: 'report',
  commander: 'cli',
  zod: ['providers', 'config'],
  yaml: 'config',
  jiti: 'config',
  sucrase: 'config',
  ajv: 'api',
  'ajv-formats': 'api',
  // A new config imports the package itself.
  'webhook-sim': 'config',
  '@inquirer/prompts': 'cli',
};

const source = join(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

interface Edge {
  readonly from: string;
  readonly room: string;
  readonly to: string;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:from\s+|import\(\s*|^import\s+)'([^']+)'/gm)].map((match) => match[1]!);
}

const edges: Edge[] = files.flatMap((from) => importsOf(from).map((to) => ({ from, room: from.split('/')[0]!, to })));

describe('the house', () => {
  it('knows every room', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]!));
    for (const room of rooms)
      expect(floorOf(room), `src/${room} is in no floor; put it into test/house.test.ts`).toBeGreaterThanOrEqual(0);
    expect(files.filter((file) => !file.includes('/'))).toEqual(['index.ts']);
  });

  it('has imports that go down only', () => {
    const inner = edges
      .filter(({ from, to }) => to.startsWith('.') && from !== 'index.ts')
      .map((edge) => ({ ...edge, target: relative(source, join(source, dirname(edge.from), edge.to)).split('/')[0]! }))
      .filter(({ room, target }) => room !== target);
    expect(inner.length, 'the pattern that finds imports no longer finds them').toBeGreaterThan(100);
    const upward = inner.filter(
      ({ room, target }) => floorOf(target) >= floorOf(room) || (floorOf(room) === 1 && target !== 'core'),
    );
    expect(upward.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('lets only their owners import the libraries that have some', () => {
    const outer = edges.filter(({ to }) => !to.startsWith('.') && !to.startsWith('node:'));
    expect(outer.length).toBeGreaterThan(3);
    const wrong = outer.filter(({ room, to }) => {
      const owner = Object.entries(reserved).find(([name]) => to === name || to.startsWith(`${name}/`))?.[1];
      return ![owner].flat().includes(room);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('takes time, randomness and the process only from the shells', () => {
    const shells = [
      'cli/process.ts',
      'cli/output.ts',
      'cli/signals.ts',
      'cli/favourStart.ts',
      'cli/started/system.ts',
      'api/world.ts',
      'payloads/locate.ts',
      'transport/stopwatch.ts',
    ];
    const bare = /\bprocess\.|\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|randomBytes|randomUUID/;
    const wrong = files.filter((file) => !shells.includes(file) && bare.test(readFileSync(join(source, file), 'utf8')));
    expect(wrong).toEqual([]);
  });
});
