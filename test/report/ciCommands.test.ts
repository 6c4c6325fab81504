import { describe, expect, it } from 'vitest';
import { printable } from '../../src/core/printable.js';
import { asLine } from '../../src/report/shared/jsonLines.js';

/** Finds a command in a line as the runners of GitHub Actions, Azure and TeamCity do. */
const isCommand = (line: string) => /^\s*::[^:]*::/.test(line) || /##(\[|vso\[|teamcity\[)/.test(line);

const commands = [
  '::add-mask::x',
  '::error file=a,line=1::boo',
  '  ::stop-commands::x',
  '##[error]x',
  'a ##[add-path]/tmp',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[testFailed name='a']",
];

describe("a CI's own commands in a receiver's text", () => {
  it.each(commands)('are none any more: %s', (text) => {
    expect(isCommand(text)).toBe(true);
    expect(isCommand(`    ${printable(text)}`)).toBe(false);
    const line = asLine({ text });
    expect(isCommand(line)).toBe(false);
    expect(JSON.parse(line)).toEqual({ text });
  });

  it.each(['::1', 'a::b::c', '## a title', '#[x]', 'std::vector'])('leave other text alone: %s', (text) => {
    expect(printable(text)).toBe(text);
  });
});
