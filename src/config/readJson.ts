import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { type ConfigDocument, unreadable } from './document.js';

/** Reads a config in JSON. Throws a UsageError with line and column. */
export function readJson(text: string, shown: string): ConfigDocument {
  try {
    parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw unreadable(`${shown}:${error.line}:${error.column}`, `is not JSON: ${error.message}.`, error);
  }
  return {
    data: JSON.parse(text) as unknown,
    // JSON is YAML, whose reader knows where a key stands; it is loaded only to complain.
    locate: async (path) => (await import('./readYaml.js')).readYaml(text, shown).locate(path),
  };
}
