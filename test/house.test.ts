import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The floors of the house, from the ground up; a room imports only from floors below its own. */
const floors: readonly (readonly string[])[] = [
  ['core'],
  ['json', 'signing', 'policy', 'transport', 'report'],
  ['documents'],
  ['providers', 'payloads', 'capture', 'samples'],
  ['delivery', 'forge', 'export', 'spec'],
  ['verify', 'simulate'],
  ['handshake', 'check', 'flow', 'diagnose'],
  ['receiver', 'infer', 'load', 'options'],
  ['suite', 'listen'],
  ['config'],
  ['history', 'authoring', 'launch'],
  ['session'],
  ['api', 'web', 'mcp'],
  ['cli'],
];

/** Packages and modules that only one room may import, or two. */
const reserved: Record<string, string | string[]> = {
  undici: 'transport',
  chalk: 'report',
  commander: 'cli',
  zod: ['providers', 'config', 'authoring', 'mcp'],
  yaml: 'documents',
  'fast-string-truncated-width': 'core',
  jiti: 'config',
  sucrase: 'config',
  ajv: ['api', 'samples'],
  'ajv-formats': ['api', 'samples'],
  // A new config imports the package itself.
  'webhook-sim': 'authoring',
  '@modelcontextprotocol/server': 'mcp',
  '@inquirer/core': 'cli',
  '@inquirer/prompts': 'cli',
};

/** Files in which a word is also the name of a provider, and what it is there. */
const alike: Record<string, string> = {
  'api/assertOptions.ts': 'the report for GitHub',
  'api/suite/performSuite.ts': 'the report for GitHub',
  'cli/reporting/reports.ts': 'the report for GitHub',
  'cli/commands/completion/values.ts': 'the report for GitHub',
  'authoring/specified/specifiedScheme.ts': 'presets of schemes, by the names that people know them by',
  'authoring/scaffold/standardPresets.ts': 'presets of schemes, by the names of standards',
  'authoring/scaffold/schemePresets.ts': 'presets of schemes, by the names that people know them by',
  'api/inProcess/transportFor.ts': 'the functions of Netlify, which a handler may be',
  'api/inProcess/handler.ts': 'the functions of Netlify, which a handler may be',
  'api/inProcess/lambdaCall.ts': 'the functions of Netlify, which a handler may be',
  'samples/schemaFacts.ts': 'a segment of customers',
};

/** Files that may spell out flags below the shell, and why. */
const spelling: readonly (readonly [where: RegExp, why: string])[] = [
  [/^capture\//, 'flags of curl, mitmproxy and HTTPie'],
  [/^(?:export\/curl|session\/export\/exportFiles)\.ts$/, 'flags of curl'],
  [/^diagnose\/hypotheses\/secretTextMistakes\.ts$/, 'a flag of docker'],
  [/^session\/threads\/startThread\.ts$/, 'flags of Node.js'],
  [/^core\/errors\.ts$/, 'makes the name of a flag that is off'],
  [
    /^config\/schema\/(?:schema|targetSchema|checks)\.ts$/,
    'the config is about flags, and some values belong to a command line only',
  ],
  [/^authoring\/scaffold\/draft\.ts$/, 'writes a config, with comments about flags'],
  [/^report\/formats\.ts$/, 'help of a flag'],
  [/^report\/provider\//, 'what commands print about providers'],
  [/^report\/(?:suite\/html\/style|load\/loadPage)\.ts$/, 'variables of CSS'],
];

/** A flag in a text; a whole command may be in it with its flags. */
const spelledFlag = /(?<!webhook-sim [^'`"\n]*)(?<=[\s'"`(|])(?<!\bif \()--[a-z]{2}/;

/** A file without its comments. */
function textsOf(file: string): string {
  return readFileSync(join(source, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

const source = join(import.meta.dirname, '../src');
const all = readdirSync(source, { recursive: true, encoding: 'utf8' });
/** The page of `ui` runs in a browser and is a house of its own; `page.test.ts` holds its rules. */
const files = all.filter((name) => name.endsWith('.ts') && !name.startsWith('web/page/'));
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

/** The file of the source that an import leads to; none where it leads outside. */
function targetOf(from: string, to: string): string[] {
  return to.startsWith('.') ? [join(dirname(from), to).replace(/\.js$/, '.ts')] : [];
}

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

  it('names flags only in the shell: files and calls have other names for the same options', () => {
    const said = files.filter((file) => !/^(?:cli|options)\//.test(file));
    const found = said.filter((file) => spelledFlag.test(textsOf(file)));
    expect(found.length, 'the pattern that finds flags no longer finds them').toBeGreaterThan(10);
    expect(found.filter((file) => !spelling.some(([where]) => where.test(file)))).toEqual([]);
    const needless = spelling.filter(([where]) => !found.some((file) => where.test(file)));
    expect(needless.map(([where]) => where.source)).toEqual([]);
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

  it('has no file of more than 300 lines', () => {
    const long = files.filter((file) => readFileSync(join(source, file), 'utf8').trimEnd().split('\n').length > 300);
    expect(long).toEqual([]);
  });

  it('has a small shell: what can be done without a terminal is in the rooms below', () => {
    const shell = files.filter((file) => file.startsWith('cli/'));
    const lines = shell.reduce((sum, file) => sum + readFileSync(join(source, file), 'utf8').split('\n').length - 1, 0);
    expect(shell.length).toBeGreaterThan(50);
    expect(lines).toBeLessThan(8000);
    expect(readdirSync(join(source, 'cli')).length).toBeLessThan(12);
  });

  it('has no circle of files, types included', () => {
    const targets = new Map(
      files.map((from) => [from, edges.filter((edge) => edge.from === from).flatMap(({ to }) => targetOf(from, to))]),
    );
    expect([...targets.values()].flat().length).toBeGreaterThan(1000);
    const closed: string[] = [];
    const open = new Set<string>();
    const done = new Set<string>();
    const visit = (file: string) => {
      if (open.has(file))
        closed.push(
          [...open]
            .slice([...open].indexOf(file))
            .concat(file)
            .join(' > '),
        );
      if (open.has(file) || done.has(file)) return;
      open.add(file);
      for (const target of targets.get(file) ?? []) visit(target);
      open.delete(file);
      done.add(file);
    };
    for (const file of files) visit(file);
    expect(closed).toEqual([]);
  });

  it('has no command that imports another, but for the picker', () => {
    const commandOf = (file: string) => /^cli\/commands\/([^/]+)\//.exec(file)?.[1];
    const between = edges
      .flatMap(({ from, to }) => targetOf(from, to).map((target) => ({ from, target })))
      .filter(({ from, target }) => commandOf(from) && commandOf(target))
      .filter(({ from, target }) => commandOf(from) !== commandOf(target));
    const wrong = between.filter(({ from }) => commandOf(from) !== 'pick');
    expect(between.length, 'the pattern that finds commands no longer finds them').toBeGreaterThan(0);
    expect(wrong.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
  });

  it('asks for no URL by URL.canParse, which is wrong in Node 20 and 22 once it is optimized', () => {
    const wrong = files.filter((file) => readFileSync(join(source, file), 'utf8').includes('URL.canParse('));
    expect(wrong).toEqual([]);
  });

  it('takes time, randomness and the process only from the shells', () => {
    const shells = [
      'cli/process.ts',
      'cli/io/output.ts',
      'cli/io/signals.ts',
      'launch/system.ts',
      'api/world.ts',
      'transport/stopwatch.ts',
      'load/machineWatch.ts',
    ];
    // They write programs that run elsewhere.
    const writers = ['export/k6.ts', 'export/k6Helpers.ts'];
    const bare = /\bprocess\.|\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|randomBytes|randomUUID/;
    const allowed = [...shells, ...writers];
    const wrong = files.filter(
      (file) => !allowed.includes(file) && bare.test(readFileSync(join(source, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('names no provider of the catalogue but in what is about its product', () => {
    // A line and a square are words of their own, and resend is a command.
    const names = readdirSync(join(source, '../payloads'))
      .filter((name) => !['line', 'resend', 'square'].includes(name))
      .join('|');
    const quoted = new RegExp(`(['"\`])(?:${names})\\1`, 'i');
    const about = /^(?:report\/suite\/github|capture\/formats\/|export\/formats\/)/;
    const wrong = files
      .filter((file) => !about.test(file) && !Object.hasOwn(alike, file))
      .filter((file) => quoted.test(readFileSync(join(source, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('has each exported name in one file', () => {
    const declared = /^export (?:async )?(?:abstract )?(?:const|function\*?|class|interface|type|enum) (\w+)/gm;
    const places = new Map<string, Set<string>>();
    for (const file of files) {
      for (const [, name] of readFileSync(join(source, file), 'utf8').matchAll(declared)) {
        // The page is a program of its own, in the browser.
        const named = `${name}${file.startsWith('web/page/') ? ' of the page' : ''}`;
        places.set(named, new Set([...(places.get(named) ?? []), file]));
      }
    }
    expect(places.size, 'the pattern that finds exports no longer finds them').toBeGreaterThan(1000);
    const doubled = [...places].filter(([, where]) => where.size > 1).map(([name]) => name);
    expect(doubled).toEqual([]);
  });
});
