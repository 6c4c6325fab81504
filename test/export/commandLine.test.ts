import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commandLine } from '../../src/export/commandLine.js';

const profile = 'C:\\Users\\Senja Kopi';
const machine = 'C:\\Program Files\\WindowsPowerShell\\Modules;C:\\WINDOWS\\system32\\WindowsPowerShell\\v1.0\\Modules';
const cmd = { OS: 'Windows_NT', USERPROFILE: profile, PSModulePath: machine, PROMPT: '$P$G' };
const powershell = { ...cmd, PSModulePath: `${profile}\\Documents\\WindowsPowerShell\\Modules;${machine}` };
const pwsh = {
  ...cmd,
  PSModulePath: `D:\\me\\PowerShell\\Modules;c:\\program files\\powershell\\7\\Modules;${machine}`,
};
const gitBash = { ...cmd, SHELL: '/usr/bin/bash', MSYSTEM: 'MINGW64' };

const words = ['a.b=c', ':3000/x', "it's", 'a b', '=x', '$HOME', '', 'a[0]=1', 'http://h/?a=1&b', 'a,b', 't\\x.yaml'];

it.each([
  ['sh', {}],
  ['Git Bash', gitBash],
])('words are quoted where %s needs it, which reads them as they were', (_, env) => {
  const line = commandLine(words, { env });
  expect(line).toBe(
    String.raw`a.b=c :3000/x 'it'\''s' 'a b' '=x' '$HOME' '' 'a[0]=1' 'http://h/?a=1&b' a,b 't\x.yaml'`,
  );
  expect(execFileSync('sh', ['-c', `printf '%s\n' ${line}`], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`);
});

const json = 'items:=[{"a b":"C:\\"}]';

it.each([
  ['PowerShell 7', pwsh, `'it''s' 'a b' '=x' '$HOME' '' 'http://h/?a=1&b' 'a,b' '@x' 't\\x.yaml' '${json}'`],
  [
    'Windows PowerShell',
    powershell,
    `'it''s' 'a b' '=x' '$HOME' '""' 'http://h/?a=1&b' 'a,b' '@x' 't\\x.yaml' 'items:=[{\\"a b\\":\\"C:\\\\\\"}]'`,
  ],
  [
    'the command prompt',
    cmd,
    `"it's" "a b" "=x" "$HOME" "" "http://h/?a=1&b" "a,b" "@x" "t\\x.yaml" "items:=[{""a b"":""C:\\\\""}]"`,
  ],
])('on Windows, words are quoted as %s reads them', (_, env, line) => {
  const given = ["it's", 'a b', '=x', '$HOME', '', 'http://h/?a=1&b', 'a,b', '@x', 't\\x.yaml', json];
  expect(commandLine(given, { env })).toBe(line);
  expect(commandLine(['--to', ':3000/x', 'a.b=c', 'orders/paid', 'jira:issue_updated'], { env })).toBe(
    '--to :3000/x a.b=c orders/paid jira:issue_updated',
  );
});

it('a folder that ends in a backslash keeps the quotation mark behind it', () => {
  expect(commandLine(['my suites\\'], { env: cmd })).toBe('"my suites\\\\"');
});
