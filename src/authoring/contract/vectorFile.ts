import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { shownPath } from '../../config/document.js';
import { readDocument } from '../../config/read.js';
import { judge } from '../../config/validate.js';
import type { ContractProblem } from '../../core/contract.js';
import { failure, placeIn } from './problem.js';
import { type Vector, vectorsSchema } from './vectorSchema.js';

const names = ['vectors.json', 'vectors.yaml', 'vectors.yml'];

/** A vector, and where it stands. */
export interface PlacedVector {
  readonly vector: Vector;
  readonly place: Pick<ContractProblem, 'file' | 'line' | 'column'>;
}

/** The captured requests beside a description. Throws a UsageError for a file that can't be read. */
export async function readVectors(
  folder: string,
  cwd: string,
): Promise<{ readonly vectors: readonly PlacedVector[]; readonly problems: readonly ContractProblem[] }> {
  const [path, another] = names.map((name) => join(folder, name)).filter((file) => existsSync(file));
  if (path === undefined) return { vectors: [], problems: [] };
  const file = shownPath(path, cwd);
  if (another) {
    return { vectors: [], problems: [failure(`${basename(another)} is there, too. Keep one.`, { file })] };
  }
  const document = await readDocument(path, file, 'file of vectors.');
  const result = await judge(vectorsSchema, document);
  if ('complaints' in result) {
    const problems = result.complaints.map(({ place, message }) => failure(message, placeIn(file, place)));
    return { vectors: [], problems };
  }
  const vectors = result.data.map(async (vector, at) => ({
    vector,
    place: { line: null, column: null, ...placeIn(file, await document.locate([at])), file },
  }));
  return { vectors: await Promise.all(vectors), problems: [] };
}
