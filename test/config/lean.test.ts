import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '../../src');

/** Returns the static imports of a module, including indirect ones: packages and files, without types. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/^(?:import|export) (?!type\b)(?:[^;]*? from )?'([^']+)';$/gms)) {
    if (name.startsWith('.')) loadedWith(join(dirname(file), name.replace(/\.js$/, '.ts')), seen);
    else seen.add(name);
  }
  return seen;
}

it('a command without a config loads nothing that reads one', () => {
  const loaded = [...loadedWith(join(source, 'cli/main.ts')), ...loadedWith(join(source, 'cli/commands.ts'))];
  expect(loaded).toContain(join(source, 'config/find.ts'));
  const heavy = loaded.filter((name) =>
    /^(zod|zod\/mini|yaml|jiti|sucrase|@inquirer\/prompts)$|config\/(load|schema)\.ts$/.test(name),
  );
  expect(heavy).toEqual([]);
});
