import { readdirSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { folderOf } from '../support/folder.js';

const { hasStandIns } = await import('../../build/bundle.js' as string);
const { trimTypes } = await import('../../build/trimTypes.js' as string);

/** The file system as Windows has it: paths are joined by backslashes, and folders are listed with them. */
vi.mock('node:fs', async (load) => {
  const real = await load<typeof import('node:fs')>();
  const slashed = (path: string) => path.replaceAll('\\', '/');
  const withSlashes =
    (work: (path: string, ...rest: unknown[]) => unknown) =>
    (path: unknown, ...rest: unknown[]) =>
      work(typeof path === 'string' ? slashed(path) : (path as string), ...rest);
  return {
    ...real,
    readFileSync: withSlashes(real.readFileSync as never),
    writeFileSync: withSlashes(real.writeFileSync as never),
    rmSync: withSlashes(real.rmSync as never),
    mkdirSync: withSlashes(real.mkdirSync as never),
    mkdtempSync: withSlashes(real.mkdtempSync as never),
    readdirSync: (path: string, options?: { recursive?: boolean; withFileTypes?: boolean }) => {
      const found = real.readdirSync(slashed(path), options as never) as unknown as string[];
      return options?.recursive && !options.withFileTypes ? found.map((name) => name.replaceAll('/', '\\')) : found;
    },
  };
});
vi.mock('node:path', async (load) => {
  const { win32 } = await load<typeof import('node:path')>();
  return { ...(await load<object>()), join: win32.join, dirname: win32.dirname };
});

it('keeps on Windows the declarations that the entries name, and no others', () => {
  const folder = folderOf({
    'index.d.ts': "export { send } from './api/send.js';\n",
    'api/send.d.ts': "import type { Result } from '../core/result.js';\nexport declare function send(): Result;\n",
    'api/testing/index.d.ts': "export { type Result } from '../../core/result.js';\n",
    'core/result.d.ts': 'export interface Result { ok: boolean }\nexport interface Other { no: true }\n',
    'core/own.d.ts': 'export declare const own: 1;\n',
  });
  trimTypes(folder, ['index.d.ts', 'api/testing/index.d.ts'], {});
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
  expect(left.sort()).toEqual(['api\\send.d.ts', 'api\\testing\\index.d.ts', 'core\\result.d.ts', 'index.d.ts']);
});

it.each([
  ['C:\\clone\\node_modules\\undici\\lib\\core\\util.js', true],
  ['C:\\clone\\node_modules\\@modelcontextprotocol\\server\\dist\\index.mjs', true],
  ['/clone/node_modules/chalk/source/index.js', true],
  ['C:\\clone\\src\\transport\\undici\\x.ts', false],
])('finds the package of %s', (file, is) => {
  expect(hasStandIns(file)).toBe(is);
});
