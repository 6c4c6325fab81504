import { readJson } from '../../json/readJson.js';
import type { Json } from '../../json/value.js';

/** What a probe saw: JSON, or else text; of several lines, so that they are compared one by one. */
export function readState(bytes: Uint8Array): Json {
  const json = readJson(bytes);
  if (json !== undefined) return json;
  const lines = new TextDecoder().decode(bytes).trimEnd().split(/\r?\n/);
  return lines.length > 1 ? lines : lines[0]!;
}
