import { readTaggedYaml } from '../../documents/readTaggedYaml.js';
import { badCapture, type CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { isMembers } from '../isMembers.js';
import { readBrunoCollection } from './brunoCollection.js';
import { readInsomnia } from './insomnia.js';
import { readVcrInteraction } from './vcrInteraction.js';

/** Recordings and collections in YAML: cassettes of VCR, vcrpy and go-vcr, OpenCollection, Insomnia 5. Throws a UsageError for all else. */
export function readYamlRecording(input: CaptureInput): readonly CapturedItem[] {
  const document = readTaggedYaml(input.text);
  if (document === undefined) throw badCapture(input.source, 'it looks like YAML, and is not. Is it cut?');
  const parsed = { ...input, document, valueAt: () => undefined };
  const found = [readCassette, readBrunoCollection, readInsomnia].map((read) => read(parsed)).find((items) => items);
  if (!found) {
    throw badCapture(input.source, 'it is YAML, and no recording or collection of a tool that is known.');
  }
  if (found.length === 0) throw badCapture(input.source, 'it holds no requests.');
  return found;
}

const readCassette: CaptureFormat = (input) => {
  if (!isMembers(input.document)) return null;
  const list = input.document.http_interactions ?? input.document.interactions;
  if (!Array.isArray(list)) return null;
  return list.filter(isMembers).flatMap((value) => readVcrInteraction({ value, path: [] }, input) ?? []);
};
