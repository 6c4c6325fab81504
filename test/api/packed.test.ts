import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnv, installPackage } from '../support/installed.js';
import { typeCheck } from '../support/typeCheck.js';

const root = join(import.meta.dirname, '../..');
const jest = join(root, 'test/jest/node_modules/jest/bin/jest.js');
const lackingJest = existsSync(jest) ? '' : ' (skipped: npm ci --prefix test/jest installs it)';
let folder: string;

beforeAll(async () => {
  folder = await installPackage();
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project beside the installed package. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), text);
  }
  return place;
}

function run(cwd: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env: cleanEnv(), encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const scenario = `
const delivery = await createDelivery({ provider: 'scalev', event: 'order.created', secret: 'mine' });
const isGenuine = (headers, body) => verify({ provider: 'scalev', headers, body, secret: 'mine' }).ok;
const fetched = async (request) =>
  new Response(null, { status: isGenuine(request.headers, Buffer.from(await request.arrayBuffer())) ? 200 : 401 });
const listened = async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.writeHead(isGenuine(request.headers, Buffer.concat(chunks)) ? 200 : 401).end();
};
const forged = await createDelivery({ provider: 'scalev', forge: 'wrong-secret', secret: 'mine' });
const results = [
  await deliver(delivery).to(fetched),
  await deliver(delivery).to(listened),
  await deliver(forged).to(fetched),
  await deliver(forged).to(listened),
];
const { grade } = await check({ provider: 'scalev', secret: 'mine', to: fetched, only: ['must-reject'] }).result();
const rejection = await createDelivery({ provider: 'scalev', payload: { event: 1 }, schema: { properties: { event: { type: 'string' } } } }).catch((error) => error);
await assertAcceptsWebhook(listened, delivery);
console.log(results.map(({ status }) => status).join(), grade, rejection instanceof UsageError, rejection.code, sign({ provider: 'scalev', body: '{}' }).length);
`;
const printed = '200,200,401,401 null true BAD_PAYLOAD 2\n';
const names = '{ assertAcceptsWebhook } { check, createDelivery, deliver, sign, UsageError, verify }';
const [tested, used] = names.split(/(?<=\}) /);

describe('the packed library', () => {
  it('runs as an ES module', () => {
    const place = project('esm', {
      'main.mjs': `import ${tested} from 'webhook-sim/testing';\nimport ${used} from 'webhook-sim';\n${scenario}`,
    });
    expect(run(place, ['main.mjs'])).toEqual({ status: 0, output: printed });
  });

  it('runs as CommonJS, without a warning', () => {
    const place = project('cjs', {
      'package.json': '{}',
      'main.js': `const ${tested} = require('webhook-sim/testing');\nconst ${used} = require('webhook-sim');\n(async () => {${scenario}})();`,
    });
    expect(run(place, ['main.js'])).toEqual({ status: 0, output: printed });
  });

  it('has no side effects on import: nothing is printed, read or left open', () => {
    const place = project('quiet', {
      'main.mjs': `const before = JSON.stringify([process.env, process.listenerCount('exit'), Object.keys(globalThis)]);
await import('webhook-sim');
await import('webhook-sim/testing');
const after = JSON.stringify([process.env, process.listenerCount('exit'), Object.keys(globalThis)]);
process.stdout.write(String(before === after));`,
    });
    expect(run(place, ['main.mjs'])).toEqual({ status: 0, output: 'true' });
  });

  it('is light to import: what a function needs is loaded when it is called', () => {
    const place = project('light', {
      'main.mjs': `import 'webhook-sim';\nconst loaded = process.moduleLoadList.filter((name) => /NativeModule (http|net|tls|test)$/.test(name)).join();\nprocess.stdout.write(loaded);`,
    });
    expect(run(place, ['main.mjs'])).toEqual({ status: 0, output: '' });
  });
});

/** Compiles a project with nothing installed but the package: no Zod, no types of Node. */
function compile(place: string, flags: string): string {
  const files = readdirSync(place).filter((name) => /\.[cm]?ts$/.test(name));
  return typeCheck(place, files, flags);
}

const typed = readFileSync(join(import.meta.dirname, 'typed.ts'), 'utf8')
  .replace('../../src/api/testing/index.js', 'webhook-sim/testing')
  .replace('../../src/index.js', 'webhook-sim');

const payloads = `import { createDelivery, samplePayload, sign, type Payload } from 'webhook-sim';
import stripe from 'webhook-sim/providers/stripe';
import 'webhook-sim/types/scalev';
import 'webhook-sim/types/commercelayer';

declare module 'webhook-sim' {
  interface Catalogue {
    acme: { 'thing.made': 'old' };
  }
}

export async function run() {
  const order = await samplePayload({ provider: 'scalev', event: 'order.created' });
  order.event satisfies 'order.created';
  order.data.order_id satisfies string;
  order.data.is_from_payment_link satisfies boolean | undefined;
  // @ts-expect-error
  order.data.ordr_id;
  const place: Payload<'commercelayer', 'orders.place'> = await samplePayload({ provider: 'commercelayer', event: 'orders.place' });
  place.data.type satisfies string;
  // @ts-expect-error
  const other: Payload<'scalev', 'order.created'> = { event: 'order.updated' };
  await createDelivery({ provider: 'scalev', event: 'order.created', payload: (sample) => ({ ...sample, id: sample.data.order_id }) });
  // @ts-expect-error
  await createDelivery({ provider: 'scalev', event: 'order.created', payload: (sample) => sample.data.ordr_id });
  const unknown = await samplePayload({ provider: 'github', event: 'ping' });
  // @ts-expect-error
  unknown.zen;
  await createDelivery({ provider: 'acme', event: 'thing.made', variant: 'old' });
  // @ts-expect-error
  await createDelivery({ provider: 'stripe', event: 'payment_intent.succeded' });
  await createDelivery({ provider: 'github', event: 'pull_request.opened' });
  // @ts-expect-error
  await createDelivery({ provider: 'github', event: 'pull_request' });
  sign({ provider: stripe, body: '{}' });
  return other;
}
`;

describe('its types', () => {
  it.each([
    ['ES modules and CommonJS under nodenext', ['mts', 'cts'], '--module nodenext --exactOptionalPropertyTypes'],
    ['ES modules and CommonJS under node16', ['mts', 'cts'], '--module node16'],
    ['a bundler', ['ts'], '--module esnext --moduleResolution bundler'],
  ])('compile in %s, without Zod or the types of Node', (name, endings, flags) => {
    const files = endings.flatMap((ending) => [[`a.${ending}`, typed] as const, [`b.${ending}`, payloads] as const]);
    expect(compile(project(`types ${name}`, Object.fromEntries(files)), flags)).toBe('');
  });

  it('reject a wrong name, and tell the right one', () => {
    const place = project('wrong types', { 'a.mts': typed.replaceAll('// @ts-expect-error', '') });
    const errors = compile(place, '--module nodenext');
    const lines = new Set([...errors.matchAll(/a\.mts\((\d+),\d+\): error/g)].map(([, line]) => line));
    expect(lines.size).toBe(typed.match(/@ts-expect-error/g)!.length);
    expect(errors).toContain(`Did you mean '"order.created"'?`);
  });

  it('name no package that is not there', () => {
    const types = join(folder, 'node_modules/webhook-sim/dist');
    const declarations = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.d.ts'),
    );
    expect(declarations.length).toBeGreaterThan(20);
    const named = declarations.flatMap((name) =>
      [...readFileSync(join(types, name), 'utf8').matchAll(/(?:from|import\()\s*['"]([^.'"][^'"]*)['"]/g)].map(
        ([, path]) => path,
      ),
    );
    expect([...new Set(named)]).toEqual(['node:http']);
  });

  it('fit the types of the frameworks', () => {
    const place = project('frameworks', {
      'a.mts': `import { createServer } from 'node:http';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { deliver, type Delivery } from 'webhook-sim';
import { matchers, type WebhookMatchers } from 'webhook-sim/testing';
import { describeReceiver } from 'webhook-sim/testing';
import * as nodeTest from 'node:test';
import * as vitest from 'vitest';

declare module 'vitest' {
  interface Matchers<T> extends WebhookMatchers {}
}

export async function run(delivery: Delivery) {
  await deliver(delivery).to(express());
  await deliver(delivery).to(Fastify());
  await deliver(delivery).to(new Hono());
  await deliver(delivery).to(new Hono().fetch);
  await deliver(delivery).to(createServer());
  await deliver(delivery).to({ fetch: (request: Request, env: { KEY: string }) => new Response(env.KEY) });
  await vitest.expect(express()).toAcceptWebhook({ provider: 'scalev', event: 'order.created' });
  await vitest.expect(express()).not.toRejectForgery({ provider: 'scalev', forge: 'wrong-secret' });
  // @ts-expect-error
  await vitest.expect(express()).toRejectForgery({ provider: 'scalev', forge: 'wrong-secrte' });
  vitest.expect.extend(matchers);
  describeReceiver(express(), { provider: 'scalev', runner: vitest });
  describeReceiver(express(), { provider: 'scalev', runner: nodeTest });
}
`,
    });
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    // The project's own modules hold no webhook-sim: it is found above.
    const flags = '--module nodenext --types node --skipLibCheck --jsx preserve';
    expect(compile(place, flags)).toBe('');
  });
});

const receiver = (imports: string) => `${imports}
const app = (faulty) => async (request) => {
  const body = Buffer.from(await request.arrayBuffer());
  const isTrue = verify({ provider: 'scalev', headers: request.headers, body, secret: 'mine' }).ok;
  return new Response(null, { status: isTrue || (faulty && !request.headers.has('x-scalev-hmac-sha256')) ? 200 : 401 });
};
`;
const tests = `
describeReceiver(app(false), { provider: 'scalev', secret: 'mine' });
describeReceiver(app(true), { provider: 'scalev', event: 'order.updated', secret: 'mine' });
`;

describe('describeReceiver tells the check as tests', () => {
  const findingWords = ['Finding: missing-header-accepted', 'Without a signature the signature is not verified'];

  it('of node:test', () => {
    const imports = "import { describeReceiver } from 'webhook-sim/testing';\nimport { verify } from 'webhook-sim';";
    const place = project('node-test', { 'a.test.mjs': receiver(imports) + tests });
    const { status, output } = run(place, ['--test', '--test-reporter=tap', 'a.test.mjs']);
    expect(status).toBe(1);
    for (const words of findingWords) expect(output).toContain(words);
    expect(output).toContain('ok 1 - receiver of scalev order.created\n');
    expect(output).toContain('not ok 2 - receiver of scalev order.updated\n');
    expect(output).toMatch(/ok \d+ - wrong-case-signature|ok \d+ - wrong-secret: signed with another secret\n/);
    expect(output).toMatch(/# SKIP/);
  });

  it('of node:test in CommonJS', () => {
    const imports =
      "const { describeReceiver } = require('webhook-sim/testing');\nconst { verify } = require('webhook-sim');";
    const place = project('node-test-cjs', { 'package.json': '{}', 'a.test.js': receiver(imports) + tests });
    const { status, output } = run(place, ['--test', '--test-reporter=tap', 'a.test.js']);
    expect({ status, told: findingWords.every((words) => output.includes(words)) }).toEqual({ status: 1, told: true });
  });

  it.each(['', 'globals: true'])('of Vitest, %s', (globals) => {
    const imports = "import { describeReceiver } from 'webhook-sim/testing';\nimport { verify } from 'webhook-sim';";
    const place = project(`vitest ${globals.length}`, {
      'a.test.mjs': receiver(imports) + tests,
      'vitest.config.mjs': `export default { test: { include: ['*.test.mjs'], ${globals} } };`,
    });
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const { status, output } = run(place, [vitest, 'run', '--root', place, '--reporter=verbose', '--no-color']);
    for (const words of findingWords) expect(output).toContain(words);
    expect(output).toMatch(
      /✓ a\.test\.mjs > receiver of scalev order\.created > must-reject > wrong-secret: signed with another secret/,
    );
    expect(output).toMatch(/× a\.test\.mjs > receiver of scalev order\.updated > must-reject > no-signature/);
    expect(output).not.toMatch(/× a\.test\.mjs > receiver of scalev order\.created/);
    expect(status).toBe(1);
  });

  it.skipIf(lackingJest !== '')(`of Jest, with its matchers${lackingJest}`, () => {
    const imports =
      "const { describeReceiver, matchers } = require('webhook-sim/testing');\nconst { createDelivery, verify } = require('webhook-sim');";
    const place = project('jest', {
      'package.json': '{}',
      'a.test.js': `${receiver(imports)}${tests}
expect.extend(matchers);
test('takes what is genuine', () => expect(app(false)).toAcceptWebhook({ provider: 'scalev', secret: 'mine' }));
test('fails for another secret', () => expect(app(false)).toAcceptWebhook({ provider: 'scalev', secret: 'other' }));
test('rejects forgeries', () => expect(app(false)).toRejectForgery({ provider: 'scalev', secret: 'mine' }));
test('fails for a faulty one', () => expect(app(true)).toRejectForgery({ provider: 'scalev', secret: 'mine', forge: 'no-signature' }));
`,
    });
    const { status, output } = run(place, [jest, '--rootDir', place, '--verbose', '--ci', '--colors=false']);
    for (const words of findingWords) expect(output).toContain(words);
    expect(output).toContain('✓ wrong-secret: signed with another secret');
    expect(output).toContain('✓ takes what is genuine');
    expect(output).toContain('✕ fails for another secret');
    expect(output).toContain('The receiver does not accept scalev order.created: answered 401');
    expect(output).toContain('✓ rejects forgeries');
    expect(output).toContain('✕ fails for a faulty one');
    expect(output).toContain(`no-signature (without the signature header): accepted with 200`);
    expect(output).toMatch(/Tests: +6 failed, \d+ skipped/);
    expect(status).toBe(1);
  });
});

describe('examples/in-process', () => {
  const example = join(root, 'examples/in-process');
  const copy = (name: string, change: (text: string) => string = (text) => text) => {
    const names = ['app.js', 'app.test.js', 'package.json'];
    const texts = names.map((each) => [each, change(readFileSync(join(example, each), 'utf8'))]);
    const place = project(name, Object.fromEntries(texts));
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    return run(place, ['--test', '--test-reporter=tap']);
  };

  it('passes', () => {
    const { status, output } = copy('example');
    expect(output).toMatch(/# pass [1-9]\d+\n# fail 0\n/);
    expect(status).toBe(0);
  });

  it('fails where the receiver is not as safe as it was', () => {
    const { status, output } = copy('faulty example', (text) =>
      text.replace('!timingSafeEqual(received, expected)', 'false'),
    );
    expect(output).toContain('Finding: ');
    expect(output).toContain('not ok 2 - an order is handled once it is known to be genuine');
    expect(status).toBe(1);
  });
});

const document = readFileSync(join(root, 'docs/library.md'), 'utf8');
const blocks = (kind: string) =>
  Object.fromEntries(
    [...document.matchAll(new RegExp(`\`\`\`${kind} (\\S+)\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, name, text]) => [
      name!,
      text!,
    ]),
  );
const files = blocks('js\\n//');
/** Files that the document leaves to be imagined. */
const beside = {
  ...blocks('yaml\\n#'),
  'webhooks/acme/events/thing.made.json': '{"event":"thing.made","thing":{"price":1200}}',
};

/** The output of the document's scripts. */
const prints: Readonly<Record<string, string>> = {
  'forms.mjs': '200 200\n',
  'wire.mjs': 'accepted true\n10 of 10\nA 0\n',
  'commands.mjs': 'true checkout_intent.completed\n0 an order is taken: passed\nscalev.vectors.json\n1\nfalse 0\n',
  'listening.mjs': 'order.created genuine 500\norder.created genuine 200\ntrue 2\n',
  'payloads.mjs': 'order.created true BAD_PAYLOAD Content-Type X-Scalev-Hmac-Sha256\n',
  'own.mjs': 'X-Acme-Signature 200 1200 D stale-timestamp-accepted\n',
  'loaded.mjs': 'acme 2xx 1200\n',
  'function.mjs': '{ ok: true }\n',
};

describe('docs/library.md', () => {
  let place: string;

  beforeAll(() => {
    place = project('document', { ...files, ...beside });
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  });

  it('has nothing that is not run here', () => {
    expect(document.match(/```js\n/g)).toHaveLength(Object.keys(files).length);
    const kinds = Object.keys(files).filter((name) => !(name in prints) && !/\.(test|vitest)\.mjs$/.test(name));
    expect(kinds).toEqual(['app.mjs', 'acme.mjs']);
    expect(document.match(/```yaml\n/g)).toHaveLength(2);
    expect(Object.keys(prints).filter((name) => !(name in files))).toEqual([]);
  });

  it.each(Object.entries(prints))('%s', (name, printed) => {
    expect(run(place, [name])).toEqual({ status: 0, output: printed });
  });

  it.each(Object.keys(files).filter((name) => name.endsWith('.test.mjs')))('%s, with node --test', (name) => {
    const { status, output } = run(place, ['--test', '--test-reporter=tap', name]);
    expect(output).toMatch(/# pass [1-9]/);
    expect(output).toContain('# fail 0');
    expect(status).toBe(0);
  });

  it('safe.test.mjs and matchers.vitest.mjs, with Vitest', () => {
    writeFileSync(
      join(place, 'vitest.config.mjs'),
      "export default { test: { include: ['*.mjs'], testTimeout: 20_000 } };",
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const names = ['safe.test.mjs', 'matchers.vitest.mjs'];
    const { status, output } = run(place, [vitest, 'run', '--root', place, '--no-color', ...names]);
    expect(output).toMatch(/Test Files +2 passed/);
    expect(status).toBe(0);
  });
});
