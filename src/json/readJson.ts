import { JsonSyntaxError, parseJson } from './parse.js';
import type { Json } from './value.js';

/** Bytes as JSON; undefined where they are none. */
export function readJson(bytes: Uint8Array): Json | undefined {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
