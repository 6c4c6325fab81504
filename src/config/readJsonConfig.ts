import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { type ConfigDocument, unreadable } from './document.js';

/** Reads a config in JSON. Throws a UsageError with line and column. */
export function readJsonConfig(text: string, shown: string): ConfigDocument {
  try {
    parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw unreadable(`${shown}:${error.line}:${error.column}`, `is not JSON: ${error.message}.`, error);
  }
  // JSON is YAML, whose reader knows where a key stands; it is loaded when that is asked.
  let places: Promise<ConfigDocument> | undefined;
  return {
    data: JSON.parse(text) as unknown,
    locate: async (path) => {
      places ??= import('./readYaml.js').then(({ readYaml }) => readYaml(text, shown));
      return (await places).locate(path);
    },
  };
}
