import { input } from '@inquirer/prompts';
import { UsageError } from '../../../core/errors.js';
import { writeJson } from '../../../json/dialect.js';
import { writeFaithfully } from '../../../json/encodeJson.js';
import { allPaths, formatPath, getPath, type PathStep } from '../../../json/path.js';
import { type Json, JsonNumber } from '../../../json/value.js';
import { applyEdits, parseSet, parseUnset } from '../../../payloads/edit.js';
import type { Io } from '../../io/io.js';
import { flagName } from '../../options/flags.js';
import { ask, back } from '../../prompts/ask.js';
import { chooseRow, type Row, type TypedRow } from '../../prompts/chooseRow.js';
import { promptTheme } from '../../prompts/theme.js';
import type { Choice } from './choice.js';
import { buildChosenPayload, loadChosenSample } from './payload.js';

/** A field that was chosen, or a whole `path=value` that was typed. */
type Field = { readonly path: readonly PathStep[] } | { readonly text: string };

/** Lets the person choose a field of the payload and give it another value; Esc changes nothing. */
export async function changeField(choice: Choice, io: Io): Promise<Choice> {
  const payload = await buildChosenPayload(choice);
  const sample = await loadChosenSample(choice);
  const apply = (text: string) => withEdit(choice, payload, sample, { set: text });
  const rows = fieldRows(payload);
  for (;;) {
    const message = 'Field, or path=value';
    const field = await chooseRow<Field>({ message, rows, typedRow: (typed) => typedField(typed, apply) }, io);
    if (field === back) return choice;
    if ('text' in field) return apply(field.text);
    const changed = await askValue(field.path, payload, apply, io);
    if (changed !== back) return changed;
  }
}

/** Lets the person choose a field to remove; Esc changes nothing. */
export async function removeField(choice: Choice, io: Io): Promise<Choice> {
  const payload = await buildChosenPayload(choice);
  const field = await chooseRow<Field>({ message: 'Field to remove', rows: fieldRows(payload) }, io);
  if (field === back || 'text' in field) return choice;
  return withEdit(choice, payload, await loadChosenSample(choice), { unset: formatPath(field.path) });
}

/** The fields of a payload with their values. */
export function fieldRows(payload: Json): Row<Field>[] {
  return allPaths(payload).map((path) => {
    const value = getPath(payload, path)!;
    const name = formatPath(path);
    const text = writeFaithfully(value, 'js');
    const isContainer = value instanceof Map || Array.isArray(value);
    return {
      value: { path },
      name,
      text: isContainer ? '' : text,
      note: text,
      completion: isContainer ? `${name}.` : `${name}=`,
    };
  });
}

function typedField(typed: string, apply: (text: string) => Choice): TypedRow<Field> | null {
  if (!typed.includes('=')) return null;
  const row = { value: { text: typed }, name: typed, text: '', note: '(this change)' };
  const problem = catchProblem(() => apply(typed));
  return problem === null ? { row, isFirst: true } : { row, isFirst: true, problem };
}

async function askValue(
  path: readonly PathStep[],
  payload: Json,
  apply: (text: string) => Choice,
  io: Io,
): Promise<Choice | typeof back> {
  const old = getPath(payload, path)!;
  const place = formatPath(path);
  // A text with line breaks or other controls is written as JSON, as are lists and objects.
  const isJson = old instanceof Map || Array.isArray(old) || (typeof old === 'string' && /\p{Cc}/u.test(old));
  const usual = isJson ? writeFaithfully(old, 'js') : old instanceof JsonNumber ? old.text : String(old ?? '');
  const editOf = (text: string) => `${place}${isJson ? ':=' : '='}${text}`;
  const config = {
    message: `${place}${isJson ? ' (JSON)' : ''}`,
    default: usual,
    prefill: 'editable' as const,
    validate: (text: string) => catchProblem(() => apply(editOf(text))) ?? true,
    theme: promptTheme(io),
  };
  const text = await ask(io, (context) => input(config, context));
  return text === back ? back : apply(editOf(text));
}

/** The choice with one more edit: among the others, or of the body that was edited as a whole. Throws a UsageError for one that does not fit. */
function withEdit(choice: Choice, payload: Json, sample: Json, edit: { set?: string; unset?: string }): Choice {
  const placeOf = (text: string) => formatPath(parseSet(text, flagName('set')).path);
  if (choice.body !== null) {
    const edits = edit.set === undefined ? [parseUnset(edit.unset!)] : [parseSet(edit.set, flagName('set'))];
    return { ...choice, body: writeJson(applyEdits(payload, edits), choice.provider.dialect) };
  }
  const place = edit.set === undefined ? edit.unset! : placeOf(edit.set);
  const others = choice.set.filter((other) => !isAtOrBelow(placeOf(other), place));
  const set = edit.set === undefined ? others : [...others, edit.set];
  const isInSample = getPath(sample, parseUnset(place).path) !== undefined;
  const kept = choice.unset.filter((path) => path !== place);
  const unset = edit.unset !== undefined && isInSample ? [...kept, place] : kept;
  applyEdits(sample, [...set.map((text) => parseSet(text, flagName('set'))), ...unset.map(parseUnset)]);
  return { ...choice, set, unset };
}

function isAtOrBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

function catchProblem(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
