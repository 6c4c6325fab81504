import { contentNames, type SignatureTemplate } from './templates.js';

/** Some names, and all that goes into what they stand for. */
export function reachedFrom(
  names: Iterable<string>,
  signatures: ReadonlyMap<string, SignatureTemplate>,
): ReadonlySet<string> {
  const reached = new Set(names);
  for (const name of reached) {
    const signature = signatures.get(name);
    for (const part of signature ? contentNames(signature) : []) reached.add(part);
  }
  return reached;
}
