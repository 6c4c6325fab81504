import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../src');

/** All modules that a module loads, at once or later, without those of the given names. */
function loadedBy(file: string, except: RegExp, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || except.test(file)) return seen;
  seen.add(file);
  if (!file.endsWith('.ts')) return seen;
  const text = readFileSync(file, 'utf8').replace(/^(?:import|export) type [^;]+;$/gm, '');
  for (const [, name] of text.matchAll(/(?:from|import\(|^import)\s*'([^']+)'/gm)) {
    const found = name!.startsWith('.') ? join(dirname(file), name!).replace(/\.js$/, '.ts') : name!;
    loadedBy(found, except, seen);
  }
  return seen;
}

it('completion loads nothing heavy and nothing that runs a config', () => {
  // What completion never opens: scripts, and the reports whose names it completes.
  const loaded = loadedBy(join(root, 'cli/commands/completion/complete.ts'), /readScript\.ts$|\/report\/suite\//);
  expect(loaded).toContain(join(root, 'documents/readYaml.ts'));
  const heavy = [...loaded].filter((name) =>
    /^(zod|undici|jiti|sucrase|chalk|@)|\/src\/(transport|delivery\/(?!readValues|wrappedBody|putField|recognizeProviders|queryPayload|addedQuery|openedBody|callFunction))/.test(
      name,
    ),
  );
  expect(heavy).toEqual([]);
});
