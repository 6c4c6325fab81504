import { expect, it } from 'vitest';
import { windowsCommand } from '../../src/launch/startProgram.js';

it.each([
  [['npm', 'start'], '"npm ^"start^""'],
  [['C:\\Program Files\\nodejs\\npm', 'run', 'a b'], '"C:\\Program^ Files\\nodejs\\npm ^"run^" ^"a^ b^""'],
  [['node', '%PATH% & del "x"'], '"node ^"^%PATH^%^ ^&^ del^ \\^"x\\^"^""'],
  [['node', 'C:\\folder\\', ''], '"node ^"C:\\folder\\\\^" ^"^""'],
  [['./node_modules/.bin/next', 'a/b'], '".\\node_modules\\.bin\\next ^"a/b^""'],
])('cmd.exe is given %j in its own way', (command, line) => {
  expect(windowsCommand(command)).toEqual(['/d', '/s', '/c', line]);
});
