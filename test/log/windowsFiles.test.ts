import { expect, it, vi } from 'vitest';
import { isSameFile } from '../../src/cli/reporting/reportFile.js';
import { createFolders } from '../../src/history/logFolder.js';

/** Files of a Windows with one drive: NTFS counts in 48 bits, and how often one was used again stands above them. */
const files: Readonly<Record<string, bigint>> = vi.hoisted(() => ({
  'C:\\a.xml': 0x123000000012c01n,
  'C:\\A.XML': 0x123000000012c01n,
  'C:\\b.xml': 0x123000000012c02n,
}));
const created = vi.hoisted(() => [] as string[]);

vi.mock('node:path', async (load) => {
  const { win32 } = await load<typeof import('node:path')>();
  return { ...win32, default: win32 };
});
vi.mock('node:fs', async (load) => ({
  ...(await load<object>()),
  statSync: (path: string, options?: { bigint?: boolean }) => {
    const ino = files[path];
    return { dev: 1, ino: options?.bigint ? ino : Number(ino), isFile: () => true };
  },
  existsSync: (path: string) => path === 'C:\\' || created.includes(path),
  mkdirSync: (path: string) => {
    if (!path.startsWith('C:\\')) throw Object.assign(new Error(path), { code: 'ENOENT' });
    created.push(path);
  },
}));

it('two files are one where their whole numbers are the same', () => {
  expect(Number(files['C:\\a.xml'])).toBe(Number(files['C:\\b.xml']));
  expect(isSameFile('C:\\a.xml', 'C:\\A.XML')).toBe(true);
  expect(isSameFile('C:\\a.xml', 'C:\\b.xml')).toBe(false);
});

it('makes folders on a drive that is there, and fails on one that is not', () => {
  createFolders('C:\\logs\\of mine');
  expect(created).toEqual(['C:\\logs', 'C:\\logs\\of mine']);
  expect(() => createFolders('Z:\\logs')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  expect(() => createFolders('\\\\server\\share\\logs')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});
