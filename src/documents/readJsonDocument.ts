import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { type PlacedDocument, unreadable } from './document.js';

/** Reads a file in JSON. Throws a UsageError with line and column. */
export function readJsonDocument(text: string, shown: string): PlacedDocument {
  try {
    parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw unreadable(`${shown}:${error.line}:${error.column}`, `is not JSON: ${error.message}.`, error);
  }
  // JSON is YAML, whose reader knows the places of keys; it is loaded when one is asked for.
  let places: Promise<PlacedDocument> | undefined;
  return {
    data: JSON.parse(text) as unknown,
    locate: async (path) => {
      places ??= import('./readYaml.js').then(({ readYaml }) => readYaml(text, shown));
      return (await places).locate(path);
    },
  };
}
