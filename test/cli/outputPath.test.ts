import { expect, it } from 'vitest';
import { outputPath } from '../../src/cli/io/outputPath.js';
import { retryWhileBusy } from '../../src/core/retryWhileBusy.js';

it.each(['NUL', 'nul', '.\\nul', 'C:\\reports\\Nul', '/tmp/nul'])(
  'on Windows, %s is the device and no file',
  (file) => {
    expect(outputPath('C:\\project', file, 'win32')).toBe('\\\\.\\nul');
  },
);

it.each([
  ['NUL', 'linux', '/project/NUL'],
  ['nul.xml', 'win32', '/project/nul.xml'],
  ['annul', 'win32', '/project/annul'],
] as const)('%s on %s is %s', (file, system, path) => {
  expect(outputPath('/project', file, system)).toBe(path);
});

/** Work that fails with some codes, one after the other, before it is done. */
function failing(...codes: string[]) {
  const left = [...codes];
  return Object.assign(
    () => {
      const code = left.shift();
      if (code) throw Object.assign(new Error(code), { code });
    },
    { left },
  );
}

it('a file that another program has open is tried again on Windows alone', () => {
  const busy = failing('EPERM', 'EBUSY', 'EACCES');
  retryWhileBusy(busy, 'win32');
  expect(busy.left).toEqual([]);
  expect(() => retryWhileBusy(failing('EPERM'), 'linux')).toThrow('EPERM');
  const other = failing('EPERM', 'ENOSPC', 'EPERM');
  expect(() => retryWhileBusy(other, 'win32')).toThrow('ENOSPC');
  expect(other.left).toEqual(['EPERM']);
});
