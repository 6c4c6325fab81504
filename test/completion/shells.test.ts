import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scripts } from '../../src/cli/commands/completion/scripts.js';
import { shells } from '../../src/cli/commands/completion/situation.js';
import { cli } from '../support/cli.js';
import { bundleCli, bundledCli } from '../support/process.js';

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
const isMissing = { zsh: !has('zsh'), fish: !has('fish'), pwsh: !has('pwsh') };
const unless = (program: keyof typeof isMissing) =>
  isMissing[program] ? `${program} (skipped: it is not installed)` : program;

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  await bundleCli();
  folder = mkdtempSync(join(tmpdir(), 'webhook-sim-shells-'));
  writeFileSync(join(folder, 'webhook-sim'), `#!/bin/sh\nexec '${process.execPath}' '${bundledCli}' "$@"\n`);
  chmodSync(join(folder, 'webhook-sim'), 0o755);
  for (const shell of shells) writeFileSync(join(folder, `script.${shell}`), scripts[shell]);
  writeFileSync(join(folder, 'bødy one.json'), '{}');
  writeFileSync(join(folder, 'webhook-sim.config.yaml'), 'targets: { staging: "https://staging.example.com" }\n');
  const path = `${folder}${delimiter}${process.env.PATH}`;
  env = { PATH: path, HOME: folder, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TERM: 'xterm', XDG_CONFIG_HOME: folder };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Types keys in a shell on a terminal, with tabs, and returns the completed command line. */
async function typed(shell: string, argv: string[], setUp: string, keys: string): Promise<string> {
  const terminal = spawn(shell, argv, { cwd: folder, env, cols: 200, rows: 50 });
  let screen = '';
  terminal.onData((data) => {
    screen += data;
  });
  const until = async (text: RegExp) => {
    for (let i = 0; i < 2400 && !text.test(screen); i++) await new Promise((resolve) => setTimeout(resolve, 25));
    if (!text.test(screen)) throw new Error(`no ${text} in ${JSON.stringify(screen)}`);
  };
  try {
    terminal.write(`${setUp}; PS1='rea''dy> '\r`);
    await until(/ready> /);
    // What is typed in place of the command tells how the line was split into words.
    terminal.write(`webhook-sim ${keys}`);
    terminal.write('\x01words \x05 end\r');
    await until(/<end>/);
    return /((?:<[^>\r\n]*>)+)<end>/.exec(screen)![1]!;
  } finally {
    terminal.kill('SIGKILL');
  }
}

const sentences: [string, string, string][] = [
  [
    'a field of an array',
    'send scalev order.created --unset data.orderlines[0].quan\t',
    '<webhook-sim><send><scalev><order.created><--unset><data.orderlines[0].quantity>',
  ],
  [
    'a field of an array, twice',
    'send scalev order.created --set data.orderli\t[0].quan\t3',
    '<webhook-sim><send><scalev><order.created><--set><data.orderlines[0].quantity=3>',
  ],
  ['a command', 'se\t', '<webhook-sim><send>'],
  ['a provider', 'send sca\t', '<webhook-sim><send><scalev>'],
  ['an event', 'send scalev order.cr\t', '<webhook-sim><send><scalev><order.created>'],
  ['a value after =', 'send scalev --to=sta\t', '<webhook-sim><send><scalev><--to=staging>'],
  [
    'a name with a colon',
    'check scalev --all-events --only event:order.del\t',
    '<webhook-sim><check><scalev><--all-events><--only><event:order.deleted>',
  ],
  [
    'after an address',
    'send scalev order.cr\t--to localhost:3000 --dry\t',
    '<webhook-sim><send><scalev><order.created><--to><localhost:3000><--dry-run>',
  ],
  [
    'a field, without a space after it',
    'send scalev order.created --set even\tx',
    '<webhook-sim><send><scalev><order.created><--set><event=x>',
  ],
  [
    'the name of a file',
    'send scalev order.created --data b\t',
    '<webhook-sim><send><scalev><order.created><--data><bødy one.json>',
  ],
  [
    'the name of a file after =',
    'send scalev order.created --data=b\t',
    '<webhook-sim><send><scalev><order.created><--data=bødy one.json>',
  ],
  ['no file where none belongs', 'send scalev --forge y\t', '<webhook-sim><send><scalev><--forge><y>'],
];

describe('the completion script', () => {
  it.each(shells)('is printed: %s', async (shell) => {
    expect(await cli(['completion', shell])).toMatchObject({ stdout: scripts[shell], stderr: '', exitCode: 0 });
    expect(scripts[shell]).toMatch(/^(#compdef webhook-sim\n)?# Completion of webhook-sim for .* To install it/);
  });

  it('is not printed for other shells', async () => {
    const { stderr, exitCode } = await cli(['completion', 'zhs']);
    expect(stderr).toMatch(/There is no completion for zhs.*zsh/);
    expect(exitCode).toBe(2);
  });
});

describe('bash', () => {
  /** COMPREPLY for words as bash cuts them. */
  function replies(line: string, words: string[], cursor = line.length): string[] {
    const driver = `source "$1"; COMP_LINE=$2 COMP_POINT=$3; shift 3; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_webhook_sim; for each in "\${COMPREPLY[@]}"; do printf '%s\\n' "$each"; done`;
    const script = join(folder, 'script.bash');
    const argv = ['--norc', '-c', driver, 'bash', script, line, String(cursor), ...words];
    return execFileSync('bash', argv, { cwd: folder, env, encoding: 'utf8' }).split('\n').slice(0, -1);
  }

  it.each<[string, string[], string[]]>([
    ['webhook-sim se', ['webhook-sim', 'se'], ['send']],
    ['webhook-sim  send sc', ['webhook-sim', 'send', 'sc'], ['scalev']],
    ['webhook-sim init --format ', ['webhook-sim', 'init', '--format', ''], ['yaml', 'ts', 'json']],
    ['webhook-sim send scalev --to=', ['webhook-sim', 'send', 'scalev', '--to', '='], ['staging', 'demo']],
    ['webhook-sim send scalev --to=d', ['webhook-sim', 'send', 'scalev', '--to', '=', 'd'], ['demo']],
    [
      'webhook-sim send scalev --to localhost:3000 --dry',
      ['webhook-sim', 'send', 'scalev', '--to', 'localhost', ':', '3000', '--dry'],
      ['--dry-run'],
    ],
    ['webhook-sim send scalev --to localhost:', ['webhook-sim', 'send', 'scalev', '--to', 'localhost', ':'], []],
    ["webhook-sim send scalev 'order.cr", ['webhook-sim', 'send', 'scalev', "'order.cr"], ['order.created']],
    ['webhook-sim send $(touch ran) sc', ['webhook-sim', 'send', '$(touch ran)', 'sc'], []],
  ])('%s', (line, words, expected) => {
    expect(replies(line, words)).toEqual(expected);
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('ran\n');
  });

  it('quotes what bash would read otherwise', () => {
    const words = ['webhook-sim', 'send', 'scalev', 'order.created', '--unset', 'data.'];
    const found = replies(words.join(' '), words);
    expect(found.some((path) => path.includes('\\[0\\]'))).toBe(true);
  });

  it('looks only at what stands before the cursor', () => {
    expect(replies('webhook-sim send scalev', ['webhook-sim', 'send'], 'webhook-sim se'.length)).toEqual(['send']);
  });

  it.each(sentences)('on a terminal: %s', async (_, keys, expected) => {
    const setUp = `words() { printf '<%s>' "$@"; }; source script.bash`;
    expect(await typed('bash', ['--norc', '--noprofile', '-i'], setUp, keys)).toBe(expected);
  });
});

describe.skipIf(isMissing.zsh)(unless('zsh'), () => {
  it.each(sentences)('on a terminal: %s', async (_, keys, expected) => {
    const setUp = `words() { printf '<%s>' "$@"; }; bindkey -e; autoload -Uz compinit; compinit -u -D; source script.zsh`;
    expect(await typed('zsh', ['-f', '-i'], setUp, keys)).toBe(expected);
  });

  it('is found in a folder of $fpath, too', async () => {
    const functions = join(folder, 'functions');
    mkdirSync(functions);
    writeFileSync(join(functions, '_webhook-sim'), scripts.zsh);
    const setUp = `words() { printf '<%s>' "$@"; }; bindkey -e; fpath+=($PWD/functions); autoload -Uz compinit; compinit -u -D`;
    const keys = 'send sca\torder.cr\t';
    expect(await typed('zsh', ['-f', '-i'], setUp, keys)).toBe('<webhook-sim><send><scalev><order.created>');
  });
});

describe.skipIf(isMissing.fish)(unless('fish'), () => {
  it.each([
    ['se', ['send']],
    ['send sca', ['scalev']],
    ['send scalev order.cr', ['order.created']],
    ["send 'scalev' 'order.cr", ['order.created']],
    ['send scalev --to=', ['--to=staging', '--to=demo']],
    ['send scalev --to localhost:3000 --dry', ['--dry-run']],
    ['send scalev order.created --set even', ['event=']],
    ['send scalev --forge bød', []],
    ['send scalev --data bød', ['bødy one.json']],
    ['send scalev --data=bød', ['--data=bødy one.json']],
    ['init --format ', ['yaml', 'ts', 'json']],
  ])('%s', (line, expected) => {
    const argv = ['--no-config', '-c', 'source script.fish; complete -C $argv[1]', `webhook-sim ${line}`];
    const out = execFileSync('fish', argv, { cwd: folder, env, encoding: 'utf8' });
    const values = out
      .split('\n')
      .slice(0, -1)
      .map((each) => each.split('\t')[0]!);
    expect(values.map((value) => value.replaceAll('\\', ''))).toEqual(expected);
  });
});

describe.skipIf(isMissing.pwsh)(unless('pwsh'), () => {
  it.each([
    ['se', 'send'],
    ['send scalev order.cr', 'order.created'],
    ['send scalev --to=st', '--to=staging'],
    ['send scalev --fresh ', 'ids,all'],
  ])('%s', (line, expected) => {
    const whole = `webhook-sim ${line}`;
    const ask = `(TabExpansion2 '${whole}' ${whole.length}).CompletionMatches.CompletionText -join ','`;
    const argv = ['-NoProfile', '-Command', `Get-Content -Raw script.powershell | Invoke-Expression; ${ask}`];
    expect(execFileSync('pwsh', argv, { cwd: folder, env, encoding: 'utf8' }).trim()).toBe(expected);
  });
});
