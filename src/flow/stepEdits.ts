import { fillVariables, type Variables, variablesIn } from '../core/variables.js';
import { getPath, parsePath, unknownPath } from '../json/path.js';
import { type Json, toJson } from '../json/value.js';
import { type Edit, parseUnset } from '../payloads/edit.js';
import { parsePlaceholders } from '../payloads/placeholders.js';
import type { ScriptStep } from './script.js';

/** The edits of a step; where no variables are given, those that need some are left out. */
export function stepEdits({ place, set, unset }: ScriptStep, variables: Variables | null): Edit[] {
  const sets = Object.entries(set).filter(([, value]) => variables !== null || variablesIn(value).length === 0);
  return [
    ...sets.map(([pathText, value]): Edit => {
      const path = parsePath(pathText);
      const filled = variables === null ? value : fillVariables(value, variables, place);
      if (typeof filled !== 'string') return { type: 'setJson', path, value: toJson(filled) };
      // What a receiver answered is text, and no placeholder.
      const isCaptured = variablesIn(value).length > 0;
      return { type: 'set', path, text: filled, placeholders: isCaptured ? null : parsePlaceholders(filled) };
    }),
    ...unset.map(parseUnset),
  ];
}

/** Throws a UsageError for an edit with variables whose place is not in the payload. */
export function checkPlaces({ set }: ScriptStep, payload: Json): void {
  for (const [pathText, value] of Object.entries(set)) {
    const path = parsePath(pathText);
    const isText = typeof value === 'string';
    const place = isText ? path : path.slice(0, -1);
    if (variablesIn(value).length > 0 && getPath(payload, place) === undefined) throw unknownPath(payload, path);
  }
}
