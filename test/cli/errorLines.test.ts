import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { printError } from '../../src/cli/io/printError.js';
import { buildProgram } from '../../src/cli/program.js';
import { SecretMask } from '../../src/core/secretMask.js';
import { errorSchema } from '../../src/report/shared/errorSchema.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const isErrorLine = new Ajv2020({ allErrors: true, strict: false }).compile(errorSchema);

const files = {
  'broken.json': '{"a": 1,\n  "b": }',
  'broken.yaml': 'targets:\n  local: { url: ":3000", ulr: 1 }\n',
  'capture.http': 'POST /hooks HTTP/1.1\nHost: localhost\n\n{}',
  'json.yaml': 'report: { json: true, quiet: true }\n',
};
let cwd: string;

/** One error of each command; what its line has at least. */
const table: readonly [argv: string[], line: object][] = [
  [
    ['send', 'scalew', 'order.created'],
    {
      code: 'UNKNOWN_PROVIDER',
      message: 'There is no provider scalew.',
      hint: expect.stringMatching(/^Did you mean scalev\? /),
      facts: { value: 'scalew', nearest: ['scalev'] },
    },
  ],
  [['send'], { code: 'NO_PROVIDER' }],
  [
    ['send', 'scalev', 'order.craeted'],
    { code: 'UNKNOWN_EVENT', facts: expect.objectContaining({ value: 'order.craeted' }) },
  ],
  [
    ['send', 'scalev', 'order.created', '--timeout', '5'],
    {
      code: 'BAD_DURATION',
      message: '--timeout: "5" is not a duration.',
      hint: 'Write a number and a unit: 500ms, 5s, 1m.',
      facts: { option: '--timeout', value: '5' },
    },
  ],
  [
    ['send', 'scalev', 'order.created', '--count', 'many'],
    { code: 'BAD_NUMBER', facts: { option: '--count', value: 'many' } },
  ],
  [
    ['send', 'scalev', 'order.created', '--config', 'broken.json'],
    { code: 'BAD_CONFIG', facts: { file: 'broken.json', line: 2, column: 8 } },
  ],
  [
    ['send', 'scalev', 'order.created', '--config', 'broken.yaml'],
    { code: 'BAD_CONFIG', facts: { file: 'broken.yaml', line: 2, column: 26 } },
  ],
  [['run', 'missing.yaml'], { code: 'UNKNOWN_SUITE' }],
  [['list', 'nobody'], { code: 'UNKNOWN_PROVIDER' }],
  [['show', 'scalev', 'nothing'], { code: 'UNKNOWN_EVENT' }],
  [['sign', 'scalev', 'missing.json'], { code: 'BAD_DATA' }],
  [['check', 'scalev', '--only', 'nothing'], { code: 'UNKNOWN_CASE' }],
  [['flow', 'bharatcart', 'odrer'], { code: 'UNKNOWN_FLOW', hint: 'Did you mean order?' }],
  [['handshake', 'scalev'], { code: 'NO_HANDSHAKE' }],
  [['log', '--limit', 'x'], { code: 'BAD_NUMBER', facts: { option: '--limit', value: 'x' } }],
  [['resend', 'aaaaaaaa'], { code: expect.any(String) }],
  [['listen', '--script', '99'], { code: 'BAD_SCRIPT' }],
  [['load', 'scalev', 'order.created', '--rate', 'much'], { code: 'BAD_RATE' }],
  [['ui', '--port', '70000'], { code: 'BAD_NUMBER' }],
  // It speaks JSON anyhow, and has no such flag.
  [['mcp'], { code: 'UNKNOWN_OPTION' }],
  [['verify', 'scalev', 'missing.http'], { code: 'BAD_CAPTURE' }],
  [['export', 'scalev', '--format', 'yml', '--out', 'x'], { code: 'UNKNOWN_CHOICE' }],
  [['keys', 'scalev'], { code: expect.any(String) }],
  [['init'], { code: 'UNKNOWN_OPTION', facts: { option: '--json' } }],
  [['provider', 'new', 'scalev'], { code: expect.any(String) }],
  [['provider', 'test', './nowhere'], { code: expect.any(String) }],
  [['provider', 'test', 'scalev', '--keep-secret'], { code: 'CONFLICT' }],
  [['config', '--to', ':3000', '--config', 'missing.yaml'], { code: 'BAD_CONFIG' }],
  [['docs', 'retires'], { code: 'UNKNOWN_PAGE', facts: { nearest: ['retries'] } }],
  [['completion', 'tcsh'], { code: 'UNKNOWN_OPTION' }],
  [
    ['send', 'scalev', '--tiemout', '5s'],
    {
      code: 'UNKNOWN_OPTION',
      message: "Unknown option '--tiemout'.",
      hint: 'Did you mean --timeout?',
      facts: { option: '--tiemout', nearest: ['--timeout'] },
    },
  ],
  [['sned'], { code: 'UNKNOWN_COMMAND', hint: 'Did you mean send?', facts: { command: 'sned', nearest: ['send'] } }],
  [['show'], { code: 'NO_ARGUMENT', facts: { argument: 'provider' } }],
  [['show', 'scalev', 'order.created', 'more'], { code: 'TOO_MANY_ARGUMENTS', facts: {} }],
  [['provider'], { code: expect.any(String) }],
];

const lineOf = (stdout: string): unknown => {
  expect(stdout.match(/\n/g)).toHaveLength(1);
  return JSON.parse(stdout);
};

describe('an error with --json', () => {
  beforeEach(() => {
    cwd = folderOf(files);
  });

  it.each(table)('is one line on stdout: %j', async (argv, line) => {
    const { stdout, stderr, exitCode } = await cli([...argv, '--json'], { cwd });
    const found = lineOf(stdout);
    isErrorLine(found);
    expect(isErrorLine.errors).toBeNull();
    expect(found).toMatchObject({ schemaVersion: 1, type: 'error', ...line });
    expect(stderr).not.toBe('');
    expect(exitCode).toBe(2);
  });

  it('leaves stderr silent with -q, and has the words of stderr without', async () => {
    const argv = ['send', 'scalew', 'order.created', '--json'];
    const [loud, quiet] = [await cli(argv, { cwd }), await cli([...argv, '-q'], { cwd })];
    expect(quiet).toMatchObject({ stdout: loud.stdout, stderr: '', exitCode: 2 });
    const { message, hint } = lineOf(loud.stdout) as { message: string; hint: string };
    expect(loud.stderr).toBe(`webhook-sim: ${message} ${hint}\n`);
  });

  it('is there for every command', () => {
    const names = buildProgram({} as never, () => {}).commands.map((command) => command.name());
    const tested = new Set(table.map(([[name]]) => name));
    expect(names.filter((name) => !tested.has(name) && name !== 'complete')).toEqual([]);
  });

  it.each([
    ['before the word that is wrong', ['--json', '-q', 'sned']],
    ['after it', ['sned', '-q', '--json']],
    ['in the place of a value', ['send', 'scalev', 'order.created', '-q', '--to', '--json']],
  ])('is told so where the flag stands %s', async (_, argv) => {
    const { stdout, stderr, exitCode } = await cli(argv, { cwd });
    expect(lineOf(stdout)).toMatchObject({ type: 'error' });
    expect([stderr, exitCode]).toEqual(['', 2]);
  });

  it('is in words where --json belongs to the program that is started', async () => {
    const { stdout, stderr } = await cli(['run', 'missing.yaml', '--', 'node', '--json'], { cwd });
    expect([stdout, stderr]).toEqual(['', expect.stringMatching(/^webhook-sim: There is no suite missing\.yaml/)]);
  });

  it('is a line where the config wants JSON', async () => {
    const { stdout, stderr } = await cli(['send', 'scalev', 'nothing', '--config', 'json.yaml'], { cwd });
    expect(lineOf(stdout)).toMatchObject({ code: 'UNKNOWN_EVENT' });
    expect(stderr).toBe('');
    const undone = await cli(['send', 'scalev', 'nothing', '--config', 'json.yaml', '--no-json'], { cwd });
    expect([undone.stdout, undone.stderr]).toEqual(['', expect.stringMatching(/has no event nothing/)]);
  });

  it('shows no secret, in facts neither', () => {
    const secret = 'whsec "value" 1234';
    const printed: string[] = [];
    const stream = { write: (text: string) => printed.push(text), isTTY: false, columns: 80 };
    const style = { json: true, quiet: false };
    const io = { env: {}, stdout: stream, stderr: stream, errorStyle: style, secrets: new SecretMask([secret]) };
    const facts = { value: secret, nearest: [secret], line: 1 };
    printError({ code: 'X', problem: `No ${secret}.`, hint: secret, facts, text: `No ${secret}.\n` }, io as never);
    expect(printed).toEqual([
      'No (secret).\n',
      `${JSON.stringify({
        ...{ schemaVersion: 1, type: 'error', code: 'X', message: 'No (secret).', hint: '(secret)' },
        facts: { value: '(secret)', nearest: ['(secret)'], line: 1 },
      })}\n`,
    ]);
  });

  it('shows a terminal nothing that it should not see', async () => {
    const { stdout } = await cli(['send', 'scalev\u202e\u009b', 'order.created', '--json', '-q'], { cwd });
    expect(stdout).not.toMatch(/[\u202e\u009b]/);
    expect(lineOf(stdout)).toMatchObject({ facts: { value: 'scalev\u202e\u009b' } });
  });

  it('has its schema in the package', async () => {
    const { jsonSchemas } = await import('../../build/bundle.js' as string);
    expect((await jsonSchemas()).error).toEqual(errorSchema);
    const { exports } = createRequire(import.meta.url)(join(import.meta.dirname, '../../package.json'));
    expect(exports['./webhook-sim.error.schema.json']).toBe('./dist/webhook-sim.error.schema.json');
  });
});
