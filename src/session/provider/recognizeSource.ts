import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { shownPath } from '../../core/printable.js';
import type { World } from '../../core/world.js';
import type { SpecificationSource } from '../../spec/readSpecification.js';
import { readInput } from '../project/readInput.js';

/** A file's kind, and the world to read it with where it is no specification. */
export interface RecognizedSource {
  /** Null where the file is no specification. */
  readonly specification: SpecificationSource | null;
  /** Gives standard input again, which can be read once only. */
  readonly io: World;
}

/** Returns whether a file, a folder or standard input is a specification. What can't be read is none. */
export async function recognizeSource(from: string, io: World): Promise<RecognizedSource> {
  const path = from === '-' ? join(io.cwd, 'standard input') : resolve(io.cwd, from);
  const shown = from === '-' ? 'standard input' : shownPath(path, io.cwd);
  const kind = from === '-' ? 'file' : kindOf(path);
  if (kind === 'folder') return { specification: { path, shown, bytes: null, cwd: io.cwd }, io };
  if (kind !== 'file') return { specification: null, io };
  let bytes: Uint8Array;
  try {
    bytes = await readInput(from, io);
  } catch {
    return { specification: null, io };
  }
  const again = from === '-' ? withStdin(io, bytes) : io;
  const { isSpecification } = await import('../../spec/isSpecification.js');
  return { specification: isSpecification(bytes) ? { path, shown, bytes, cwd: io.cwd } : null, io: again };
}

/** Returns a world whose standard input is the bytes already read; other members stay lazy. */
function withStdin(io: World, bytes: Uint8Array): World {
  return Object.create(io, { readStdin: { value: async () => Buffer.from(bytes) } }) as World;
}

function kindOf(path: string): 'file' | 'folder' | null {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : null;
  } catch {
    return null;
  }
}
