import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the files that only hand on what one chunk exports, which esbuild writes for each module that is loaded late and has its code in
 * a chunk: whoever imports such a file is given the chunk itself, and each start opens fewer files.
 */
export function removeStubs(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const stubs = new Map([...texts].flatMap(([name, text]) => (name.includes('-') ? [[name, handedOn(text)]] : [])));
  for (const [name, handed] of stubs) if (handed) rmSync(join(folder, name));
  for (const [name, text] of texts) {
    if (stubs.get(name)) continue;
    const direct = text.replace(/\bimport\("\.\/([\w-]+\.js)"\)/g, (statement, late) => {
      const handed = stubs.get(late);
      if (!handed) return statement;
      const members = handed.names.map(([own, exported]) => `${exported}:e.${own}`);
      return `import("./${handed.chunk}").then(e=>({${members.join()}}))`;
    });
    if (direct !== text) writeFileSync(join(folder, name), direct);
  }
}

/** The chunk that a file takes all its exports from, and their names there and here; undefined for a file that does more. */
function handedOn(text) {
  const [, named, chunk, exported] =
    /^const __chunk=import\.meta\.url;\s*import\{([^}]*)\}from"\.\/(_chunk-\w+\.js)";(?:import"\.\/[\w-]+\.js";)*export\{([^}]*)\};\s*$/.exec(
      text,
    ) ?? [];
  if (chunk === undefined) return undefined;
  const pairs = (list) => list.split(',').map((each) => each.split(' as '));
  const own = new Map(pairs(named).map(([name, local = name]) => [local, name]));
  return { chunk, names: pairs(exported).map(([local, name = local]) => [own.get(local), name]) };
}
