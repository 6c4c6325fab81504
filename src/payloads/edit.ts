import { UsageError } from '../core/errors.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import {
  bracketed,
  formatPath,
  getPath,
  type PathStep,
  parsePath,
  setPath,
  unknownPath,
  unsetPath,
} from '../json/path.js';
import { type Json, JsonNumber, jsonType } from '../json/value.js';
import {
  editPlace,
  fillPlaceholders,
  type PlaceholderContext,
  type Placeholders,
  parsePlaceholders,
  trialContext,
} from './placeholders.js';

/** One change to a payload. */
export type Edit =
  | {
      readonly type: 'set';
      readonly path: readonly PathStep[];
      readonly text: string;
      readonly placeholders: Placeholders | null;
    }
  | { readonly type: 'setJson'; readonly path: readonly PathStep[]; readonly value: Json }
  | { readonly type: 'unset'; readonly path: readonly PathStep[] };

const setForm = new RegExp(`^((?:[^="[]|${bracketed})*?)(:?)=([\\s\\S]*)$`);

/** Reads `path=value`, which keeps the type of what it replaces, or `path:=json`, which may create a member; `what` names the option in errors. */
export function parseSet(text: string, what: string): Edit {
  const match = setForm.exec(text);
  if (!match) {
    const end = text.search(/:?=/);
    // With a "=" further on, the path before it is wrong; parsePath reports how.
    if (end >= 0) parsePath(text.slice(0, end));
    throw new UsageError('BAD_SET', `${what} "${text}" has no "=". Write ${what} path=value or ${what} path:=json.`);
  }
  const [, pathText = '', , , colon, value = ''] = match;
  const path = parsePath(pathText);
  if (!colon) return setText(path, value, what);
  try {
    return { type: 'setJson', path, value: parseJson(value) };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new UsageError(
      'BAD_SET',
      `${what} ${pathText}:= needs JSON: ${error.message}. For plain text write ${pathText}=value.`,
    );
  }
}

/** An edit that puts a text in place of a value, whose type it keeps; `what` names the option in errors. */
export function setText(path: readonly PathStep[], text: string, what: string): Edit {
  return { type: 'set', path, text, placeholders: parsePlaceholders(text, editPlace(what)) };
}

/** Reads the path of a field that is taken away. */
export function parseUnset(text: string): Edit {
  return { type: 'unset', path: parsePath(text) };
}

/** Returns whether an edit differs from one delivery to the next. */
export function isPerDelivery(edit: Edit): boolean {
  return edit.type === 'set' && edit.placeholders !== null;
}

/**
 * A copy of a payload with the edits made, in order; `context` fills their placeholders.
 * Throws a UsageError for a path or value that does not fit.
 */
export function applyEdits(payload: Json, edits: readonly Edit[], context = trialContext): Json {
  const copy = clone(payload);
  for (const edit of edits) {
    if (edit.type === 'unset') unsetPath(copy, edit.path);
    else if (edit.type === 'setJson') setPath(copy, edit.path, clone(edit.value));
    else setPath(copy, edit.path, typed(copy, edit.path, textOf(edit, copy, context)));
  }
  return copy;
}

function textOf(edit: Edit & { type: 'set' }, payload: Json, context: PlaceholderContext): string {
  if (!edit.placeholders) return edit.text;
  const old = getPath(payload, edit.path);
  return fillPlaceholders(edit.placeholders, context, old instanceof JsonNumber ? Number(old.text) : old);
}

function typed(payload: Json, path: readonly PathStep[], text: string): Json {
  const old = getPath(payload, path);
  const place = formatPath(path);
  if (old === undefined) throw unknownPath(payload, path);
  if (old === null || typeof old === 'string') return text;
  if (typeof old === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new UsageError(
      'BAD_SET',
      `${place} is a boolean: write ${place}=true or ${place}=false, or ${place}:=${JSON.stringify(text)} for another type.`,
    );
  }
  if (old instanceof JsonNumber) {
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return new JsonNumber(text);
    throw new UsageError(
      'BAD_SET',
      `${place} is a number, and "${text}" is not one. For text write ${place}:=${JSON.stringify(text)}.`,
    );
  }
  throw new UsageError(
    'BAD_SET',
    `${place} is an ${jsonType(old)}: set a member of it, or all of it with ${place}:=json.`,
  );
}

function clone(value: Json): Json {
  if (Array.isArray(value)) return value.map(clone);
  return value instanceof Map ? new Map([...value].map(([key, member]) => [key, clone(member)])) : value;
}
