import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jsonSchemas } from '../../build/jsonSchemas.js';
import { exitCodes } from '../../src/cli/io/exitCode.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { receiver } from '../support/receiver.js';

const text = readFileSync(join(import.meta.dirname, '../../docs/suites.md'), 'utf8');
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);
const suites = blocks('yaml');
const smoke = suites[0]!;
const expectations = suites.find((suite) => suite.includes('outcome: timed_out'))!;
const captures = suites.find((suite) => suite.includes('capture:'))!;

/** The first cells of the table whose head begins with a word, each cell with the codes that it holds. */
function column(title: string, within = text): string[] {
  const table = new RegExp(`^\\| ${title} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(within)![1]!;
  return table
    .split('\n')
    .filter((row) => row !== '')
    .flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!));
}

const section = (title: string) => new RegExp(`\\n## ${title}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(text)![1]!;

interface Properties {
  readonly properties?: Record<string, object>;
  readonly items?: Properties;
  readonly anyOf?: readonly Properties[];
}
const keysOf = ({ properties = {}, anyOf = [] }: Properties): string[] => [
  ...Object.keys(properties),
  ...anyOf.flatMap(keysOf),
];

describe('docs/suites.md', () => {
  it.each(suites.map((suite, at) => ({ at, suite })))('has suites that are in order: $at', async ({ suite }) => {
    const cwd = folderOf({ 'a.webhooks.yaml': suite });
    const { exitCode, stderr, stdout } = await cli(['run', '--list'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toContain('a.webhooks.yaml\n  ');
    expect(exitCode).toBe(0);
  });

  it('tells of every key, and of no other', () => {
    const { properties } = jsonSchemas().suite as { properties: Record<string, Properties> };
    const written = properties.cases!.items!.properties as Record<string, Properties>;
    expect(new Set(column('key', section('A suite')))).toEqual(new Set(Object.keys(properties)));
    expect(new Set(column('key', section('A case')))).toEqual(new Set(Object.keys(written)));
    expect(new Set(column('key', section('Expectations')))).toEqual(new Set(keysOf(written.expect!)));
  });

  it.each(
    blocks('sh')
      .flatMap((block) => block.split('\n'))
      // That a receiver is started is run by the tests of docs/ci.md and of the examples.
      .filter((line) => line.startsWith('npx webhook-sim') && !line.includes(' -- '))
      .map((line) => line.replace(/ +#.*/, '').replace('npx webhook-sim ', '')),
  )('has commands that run: %s', async (command) => {
    const cwd = folderOf({ 'smoke.webhooks.yaml': smoke });
    const argv = command.split(' ').map((word) => word.replaceAll("'", ''));
    const { exitCode, stdout } = await cli(argv, { cwd, env: { WEBHOOK_SIM_TARGET: 'demo' } });
    expect(exitCode).toBe(0);
    expect(stdout).not.toBe('');
  });

  it('shows expectations that a fitting receiver meets, and another one does not', async () => {
    const cwd = folderOf({ 'a.webhooks.yaml': expectations });
    const fitting = await answering((body) => {
      if (body.includes('"payment.failed"')) return null;
      return { received: true, id: '019bba57-af94-78dc-8b91-aa872752135b', ok: true };
    });
    const right = await cli(['run', '--to', fitting, '--json', '-q'], { cwd });
    const statuses = right.json.filter(({ type }) => type === 'result').map(({ status }) => status);
    // It does not look at signatures.
    expect(statuses).toEqual(['passed', 'failed', 'passed', 'passed']);
    const wrong = await cli(['run', '--to', (await receiver()).port.toString(), '--json', '-q'], { cwd });
    const [first, , , last] = wrong.json.filter(({ type }) => type === 'result');
    expect(first.failures.map(({ expectation }: { expectation: string }) => expectation)).toContain('body');
    expect(last.failures).toEqual([{ expectation: 'outcome', message: 'outcome is accepted, expected timed_out' }]);
  });

  it('shows captures that later cases use', async () => {
    const cwd = folderOf({ 'a.webhooks.yaml': captures });
    const body = '{"receipt":"r-1","note":"order 42"}';
    const head = `HTTP/1.1 200 OK\r\nX-Request-Id: trace-7\r\nContent-Length: ${body.length}\r\n\r\n`;
    const { url, requests } = await captureServer(`${head}${body}`);
    const { exitCode } = await cli(['run', '--to', url], { cwd });
    expect(exitCode).toBe(0);
    const [first, second, third] = requests;
    const idOf = (request: typeof first) => JSON.parse(String(request!.body)).unique_id;
    expect(idOf(second)).toBe(idOf(first));
    expect(idOf(third)).not.toBe(idOf(first));
    expect(['X-Request-Id', 'X-Order', 'X-Currency'].map((name) => third!.header(name))).toEqual([
      'trace-7',
      '42',
      'USD',
    ]);
  });

  it('is right about what wins', async () => {
    const ports: Record<string, Awaited<ReturnType<typeof receiver>>> = {};
    for (const name of ['case', 'flag', 'environment', 'suite', 'config']) ports[name] = await receiver();
    const at = (name: string) => `http://127.0.0.1:${ports[name]!.port}`;
    const went = async (without: readonly string[]) => {
      const has = (name: string) => !without.includes(name);
      const cases = `cases:\n  - send: scalev order.created\n${has('case') ? `    to: ${at('case')}\n` : ''}`;
      const cwd = folderOf({
        'a.webhooks.yaml': `${has('suite') ? `target: ${at('suite')}\n` : ''}${cases}`,
        'webhook-sim.config.yaml': `target: ${at('config')}\n`,
      });
      const before = Object.fromEntries(Object.entries(ports).map(([name, { reached }]) => [name, reached.length]));
      const env: Record<string, string> = has('environment') ? { WEBHOOK_SIM_TARGET: at('environment') } : {};
      const { exitCode, stderr } = await cli(['run', ...(has('flag') ? ['--to', at('flag')] : [])], { cwd, env });
      expect(exitCode, stderr).toBe(0);
      return Object.keys(ports).filter((name) => ports[name]!.reached.length > before[name]!);
    };
    expect(await went([])).toEqual(['case']);
    expect(await went(['case'])).toEqual(['flag']);
    expect(await went(['case', 'flag'])).toEqual(['environment']);
    expect(await went(['case', 'flag', 'environment'])).toEqual(['suite']);
    expect(await went(['case', 'flag', 'environment', 'suite'])).toEqual(['config']);
  });

  it('is right about the lines of --json', async () => {
    const cwd = folderOf({ 'smoke.webhooks.yaml': `${smoke}  - check: scalev\n` });
    const { json } = await cli(['run', '--json', '-q'], { cwd, env: { WEBHOOK_SIM_TARGET: 'demo' } });
    const parts = json.filter(({ type }) => type === 'delivery' || type === 'case');
    expect(new Set(parts.map(({ type }) => type))).toEqual(new Set(['delivery', 'case']));
    expect(parts[0].within).toEqual({ suite: 'smoke.webhooks.yaml', case: 'scalev order.created' });
    for (const { within } of parts) expect(Object.keys(within)).toEqual(['suite', 'case']);
    const result = json.find(({ type }) => type === 'result');
    for (const name of ['status', 'failures', 'durationMs', 'place']) expect(result).toHaveProperty(name);
    expect(json.at(-1)).toMatchObject({ type: 'summary', results: { passed: 8 }, coverage: null, budgets: [] });
  });

  it('tells of every report and of every limit that --help has', async () => {
    const { stdout } = await cli(['run', '--help']);
    const reports = /\nReports, [\s\S]*?\n\n/.exec(stdout)![0];
    expect(column('report')).toEqual([...reports.matchAll(/^ {2}(\w+(?:=FILE)?) /gm)].map((match) => match[1]));
    const limits = /\nThresholds:\n([\s\S]*?)\n\n/.exec(stdout)![1]!;
    const flags = [...limits.matchAll(/^ {2}(--[\w-]+)/gm)].map((match) => match[1]);
    expect(column('flag').map((flag) => flag.split(' ')[0])).toEqual(flags);
  });

  it('names no flag that there is not', async () => {
    const { stdout } = await cli(['run', '--help']);
    const named = [...text.matchAll(/(?<=[`\s(])--[a-z][\w-]+/g)].map(([flag]) => flag);
    const known = new Set([...stdout.matchAll(/--[a-z][\w-]+/g)].map(([flag]) => flag));
    // Flags of send and of check, of which the keys are told.
    expect([...new Set(named)].filter((flag) => !known.has(flag))).toEqual(['--expect']);
  });

  it('lists each exit code', () => {
    const codes = [...section('Exit codes').matchAll(/^\| ([\d /]+) \|/gm)].flatMap((match) => match[1]!.split('/'));
    expect(codes.map(Number)).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
  });
});

/** A receiver that answers 200 with JSON, or not at all; closed when the test ends. */
async function answering(answer: (body: string) => object | null): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const content = answer(String(Buffer.concat(chunks)));
    if (content) response.setHeader('Content-Type', 'application/json').end(JSON.stringify(content));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
