import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import type { Provider } from '../../src/core/provider.js';
import { cli } from '../support/cli.js';
import { completionsOf, valuesOf } from '../support/completion.js';
import { folderOf } from '../support/folder.js';
import { fiveProviders } from '../support/providers.js';

const send = ['send', 'scalev', 'order.created'];

describe('complete', () => {
  it.each<[string, string[], string[]]>([
    ['commands', ['se'], ['send']],
    ['commands of help', ['help', 'ver'], ['verify']],
    ['what verify takes', ['verify', 'las'], ['last']],
    ['the provider of verify', ['verify', 'scal'], ['scalev']],
    ['a delivery for verify', ['verify', 'scalev', 'la'], ['last']],
    ['options of the program', ['--v'], ['--version']],
    ['providers', ['send', 'sc'], ['scalev']],
    ['events', ['send', 'scalev', 'order.c'], ['order.created']],
    ['events, without those given', [...send, 'order.created'], []],
    ['globs left alone', ['send', 'scalev', 'order.*'], []],
    ['the event of check', ['check', 'scalev', 'order.c'], ['order.created']],
    ['nothing after an unknown provider', ['send', 'nobody', ''], []],
    ['an unknown command', ['sned', ''], []],
    ['options', [...send, '--dry'], ['--dry-run']],
    ['options, not a second time', [...send, '--dry-run', '--dry'], []],
    ['options, again where repeatable', [...send, '--unset', 'event', '--unse'], ['--unset']],
    ['options that only undo', [...send, '--no-q'], ['--no-quiet']],
    ['no options after --', ['send', '--', '--al'], []],
    ['forgeries', [...send, '--forge', 'wrong-s'], ['wrong-secret']],
    ['forgeries with =', [...send, '--forge=wrong-s'], ['--forge=wrong-secret']],
    ['--fresh', [...send, '--fresh', ''], ['ids', 'all']],
    ['--dialect', [...send, '--dialect', 'p'], ['pretty', 'python', 'php']],
    ['--to', [...send, '--to', 'd'], ['demo']],
    ['--to=', [...send, '--to=d'], ['--to=demo']],
    ['an address', [...send, '--to', 'localhost:3'], []],
    ['--secret', [...send, '--secret', 'env:SCALEV_S'], ['env:SCALEV_SIGNING_SECRET']],
    ['--set', [...send, '--set', 'eve'], ['event=']],
    ['--set before the event', ['send', '--set', 'eve'], []],
    ['--set of an object', [...send, '--set', 'dat'], ['data:=']],
    ['no value for --set', [...send, '--set', 'event=o'], []],
    ['--unset', [...send, '--unset', 'eve'], ['event']],
    ['--unset=', [...send, '--unset=eve'], ['--unset=event']],
    ['--only', ['check', 'scalev', '--only', 'must-a'], ['must-accept']],
    ['--skip', ['check', 'scalev', '--skip', 'plai'], []],
    [
      '--only with every event',
      ['check', 'scalev', '--all-events', '--only', 'event:order.d'],
      ['event:order.deleted'],
    ],
    ['--event of sign', ['sign', 'scalev', '--event', 'order.c'], ['order.created']],
    ['--provider of init', ['init', '--provider', 'sc'], ['scalev']],
    ['flows', ['flow', 'scalev', 'ful'], ['fulfilment']],
    [
      'the events of a flow',
      ['flow', 'bharatcart', 'cancellation', '--drop', 'order.'],
      ['order.created', 'order.paid', 'order.cancelled'],
    ],
    ['--order of flow', ['flow', 'scalev', '--order', 'r'], ['reversed']],
    ['--format', ['init', '--format', ''], ['yaml', 'ts', 'json']],
    ['nothing for a number', [...send, '--count', ''], []],
    ['nothing for a header', [...send, '-H', 'X'], []],
    ['past a header', [...send, '-HA:b', '--dry'], ['--dry-run']],
    ['shells', ['completion', 'p'], ['powershell']],
    ['reports', ['run', '--report', ''], ['junit=', 'tap=', 'sarif=', 'html=', 'har=', 'json=', 'github']],
    ['further reports', ['run', '--report', 'junit=a.xml', '--report', 'j'], ['junit=', 'json=']],
    ['--value of a handshake', ['handshake', 'whatsapp', '--value', 'v'], ['verify_token=']],
    ['--value where there is none', [...send, '--value', ''], []],
    ['--mode', ['send', 'github', 'push', '--mode', 'f'], ['form']],
    ['limits', ['run', '--max-latency', 'p'], ['p50=', 'p95=', 'p99=']],
    ['the newest delivery of the log', ['resend', 'la'], ['last']],
    ['--event of log', ['log', '--event', 'order.sp'], ['order.spam_created']],
    ['--event of log and a provider', ['log', '--provider', 'bharatcart', '--event', 'order.sp'], []],
    ['--outcome', ['log', '--outcome', 'timed'], ['timed_out']],
  ])('%s', async (_, words, expected) => {
    const found = await valuesOf(words);
    if (words.at(-1)!.startsWith('dat')) expect(found).toEqual(expect.arrayContaining(expected));
    else expect(found).toEqual(expected);
  });

  it.each([
    [...send, '--data', ''],
    [...send, '--data=b'],
    [...send, '--raw', 'b'],
    [...send, '--config', ''],
    [...send, '--cacert', ''],
    [...send, '--unix-socket', ''],
    ['run', 'nosuch'],
    ['run', '--', ''],
    ['run', 'a.webhooks.yaml', '--', 'node', 'r'],
    ['verify', 'scalev', ''],
    ['verify', 'capt'],
    ['verify', './'],
    ['verify', 'scalev', '--body', ''],
    ['sign', 'scalev', 'b'],
  ])('leaves the names of files to the shell: %s %s %s %s', async (...words) => {
    expect(await valuesOf(words)).toBeNull();
  });

  it('describes what it offers where the shell can show it', async () => {
    expect(await completionsOf(['send', 'sc'])).toEqual(['scalev\tScalev']);
    expect(await completionsOf(['send', 'sc'], { shell: 'bash' })).toEqual(['scalev']);
    const lines = await completionsOf([...send, '--set', '']);
    expect(lines).toContain('event=\t"order.created"');
    expect(lines!.filter((line) => !/^[^\t\n]+(\t[^\t]{1,72})?$/u.test(line))).toEqual([]);
  });

  it('offers the fields of arrays and of the variant that is chosen', async () => {
    expect((await valuesOf([...send, '--unset', '']))!.some((path) => /\[0\]\./.test(path))).toBe(true);
    const named = fiveProviders.flatMap((each: Provider) =>
      Object.entries(each.events).map(([event, { variants }]) => ({
        words: ['send', each.name, event],
        variants: Object.keys(variants ?? {}),
      })),
    );
    const { words, variants } = named.find((each) => each.variants.length > 0)!;
    expect(await valuesOf([...words, '--variant', ''])).toEqual(variants);
    for (const variant of variants) {
      expect(await valuesOf([...words, '--variant', variant, '--unset', ''])).not.toEqual([]);
    }
    expect(await valuesOf([...words, '--variant', 'nosuch', '--unset', ''])).toEqual([]);
  });

  it('reads quotes as the shell does', async () => {
    expect(await valuesOf(['send', "'scalev'", 'order.\\c'], { shell: 'bash' })).toEqual(['order.created']);
    expect(await valuesOf(['send', '"scalev"', "'order.c"], { shell: 'bash' })).toEqual(['order.created']);
  });

  it('takes an empty word by a flag, for shells that drop it', async () => {
    const { stdout } = await cli(['complete', '--shell', 'powershell', '--empty', '--', 'help']);
    expect(stdout).toMatch(/^send\t/);
  });

  it('offers configured targets, from YAML and JSON, in a folder or by --config', async () => {
    const yaml = folderOf({
      'webhook-sim.config.yaml': 'targets:\n  staging: https://staging.example.com\n',
      'sub/x': '',
    });
    expect(await valuesOf([...send, '--to', ''], { cwd: join(yaml, 'sub') })).toEqual(['staging', 'demo']);
    expect(await valuesOf(['config', '--to', 's'], { cwd: yaml })).toEqual(['staging']);
    const json = folderOf({ 'my.json': '{"targets":{"local":{"url":":3000"}}}' });
    expect(await valuesOf([...send, '--config', 'my.json', '--to=l'], { cwd: json })).toEqual(['--to=local']);
  });

  it('offers the suites of a config and those of files near', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'suites:\n  nightly: {}\n  smoke: {}\n',
      'smoke.webhooks.yaml': '',
      'e2e/more.webhooks.ts': 'throw 1',
      'node_modules/a/no.webhooks.yaml': '',
      '1/2/3/far.webhooks.yaml': '',
    });
    expect(await completionsOf(['run', ''], { cwd })).toEqual([
      'nightly\tsuite of webhook-sim.config.yaml',
      'smoke\tsuite of webhook-sim.config.yaml',
      'smoke.webhooks.yaml\tsuite',
      `${join('e2e', 'more.webhooks.ts')}\tsuite`,
    ]);
    expect(await valuesOf(['run', 'smoke', 's'], { cwd })).toEqual(['smoke.webhooks.yaml']);
    expect(await valuesOf(['run', '1/'], { cwd })).toBeNull();
    expect(await valuesOf(['run', '--grep', ''], { cwd })).toEqual([]);
  });

  it.each([
    ['webhook-sim.config.js', 'require'],
    ['webhook-sim.config.mjs', 'import'],
    ['webhook-sim.config.ts', 'import'],
  ])('never runs a config: %s', async (name) => {
    const source = "import { writeFileSync } from 'node:fs'; writeFileSync(new URL('ran', import.meta.url), '');";
    const folder = folderOf({ [name]: `${source} export default { targets: { staging: ':1' } };` });
    expect(await valuesOf([...send, '--to', ''], { cwd: folder })).toEqual(['demo']);
    expect(await valuesOf([...send, '--config', name, '--to', ''], { cwd: folder })).toEqual(['demo']);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it.each(['{', 'targets: [', 'targets: 3', '- a', '', '\u0000'])(
    'is silent about a broken config: %j',
    async (text) => {
      const folder = folderOf({ 'webhook-sim.config.yaml': text });
      expect(await valuesOf([...send, '--to', ''], { cwd: folder })).toEqual(['demo']);
    },
  );

  it.each([
    [['complete']],
    [['complete', '--shell']],
    [['complete', '--bogus']],
    [['complete', '--shell', 'nosuch', '--', '', '', '']],
    [['complete', '--shell', 'constructor', '--', '--', '-', '=']],
    [['complete', '--', 'send', '__proto__', 'constructor', '--variant', '']],
    [['complete', '--', 'send', 'scalev', '*', '--set', '']],
    [['complete', '--', 'list', 'scalev', 'too', 'many', '']],
  ])('is silent and succeeds whatever it is asked: %j', async (argv) => {
    expect(await cli(argv)).toMatchObject({ stderr: '', exitCode: 0 });
  });

  it('is in no help', async () => {
    expect((await cli(['--help'])).stdout).not.toMatch(/^ +complete /m);
    expect(await valuesOf(['complet'])).toEqual(['completion']);
  });
});

describe('nothing of the command tree is forgotten', () => {
  const program = buildProgram({} as never, () => {});
  const commands = program.commands.filter((command) => command.name() !== 'complete');

  it('commands', async () => {
    expect(await valuesOf([''])).toEqual([...commands.map((command) => command.name()), 'help']);
    for (const outer of commands.filter((command) => command.commands.length > 0)) {
      expect(await valuesOf([outer.name(), ''])).toEqual(outer.commands.map((command) => command.name()));
    }
  });

  const all = commands.flatMap((command) => [
    { words: [command.name()], command },
    ...command.commands.map((inner) => ({ words: [command.name(), inner.name()], command: inner })),
  ]);

  it.each(all)('options of $words', async ({ words, command }) => {
    for (const { long } of command.options.filter(({ hidden }) => !hidden))
      expect(await valuesOf([...words, long!])).toContain(long);
    expect(await valuesOf([...words, '-'])).toContain('--help');
  });

  it.each(
    commands.flatMap((command) =>
      command.options
        .filter(({ flags }) => /<(file|name|style|what)>/.test(flags))
        .map(({ long }) => [command.name(), long!]),
    ),
  )('values of %s %s', async (name, long) => {
    const provider = long === '--mode' ? 'github' : 'commercelayer';
    const words = [name, ...(name === 'init' ? [] : [provider]), long, ''];
    expect(await valuesOf(words)).not.toEqual([]);
  });

  it.each(
    commands
      .flatMap(
        (command) => command.registeredArguments.map((each, i) => [command.name(), each.name(), i] as const),
        // No provider that ships has a handshake.
      )
      .filter(([command, name]) => `${command} ${name}` !== 'handshake name'),
  )('arguments of %s: %s', async (name, _, index) => {
    expect(await valuesOf([name, ...Array(index).fill('scalev'), ''])).not.toEqual([]);
  });
});
