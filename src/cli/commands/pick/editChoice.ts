import { UsageError } from '../../../core/errors.js';
import { printable } from '../../../core/printable.js';
import { isJson, writeJson } from '../../../json/dialect.js';
import { writeFaithfully } from '../../../json/encodeJson.js';
import { parseJson } from '../../../json/parse.js';
import { formatPath, type PathStep } from '../../../json/path.js';
import { type Json, JsonNumber } from '../../../json/value.js';
import { applyEdits, isPerDelivery, parseSet, parseUnset } from '../../../payloads/edit.js';
import type { Io } from '../../io/io.js';
import { flagName } from '../../options/flags.js';
import { editJsonText } from '../../prompts/editPayload.js';
import type { Choice } from './choice.js';
import { buildChosenPayload, loadChosenSample } from './payload.js';

/**
 * Lets the person edit the payload. Turns the changes into edits, as a command has them; keeps the text where edits can't express them, such as
 * another order of the outermost members, or only white space.
 */
export async function editChoice(choice: Choice, io: Io): Promise<Choice> {
  const { provider, body } = choice;
  const before = await buildChosenPayload(choice, { perDelivery: false });
  if (typeof before === 'string') return { ...choice, set: [], unset: [], body: await io.edit(before) };
  const isOwnText = body?.includes('\n') && isJson(provider.dialect);
  const shown = isOwnText ? body! : writeFaithfully(before, 'pretty');
  const after = (await editJsonText(shown, io)).replaceAll('\r\n', '\n').replace(/\n$/, '');
  if (after === shown) return choice;
  const edited = parseJson(after);
  const lasting = choice.set.filter((text) => isPerDelivery(parseSet(text, flagName('set'))));
  const sample = await loadChosenSample(choice);
  const changes = changesBetween(sample, edited);
  const onlySpace = writeFaithfully(edited, 'js') === writeFaithfully(before, 'js') && lasting.length === 0;
  if (changes !== null && !onlySpace) {
    const set = [...changes.set, ...lasting];
    applyEdits(sample, [...set.map((text) => parseSet(text, flagName('set'))), ...changes.unset.map(parseUnset)]);
    return { ...choice, set, unset: changes.unset, body: null };
  }
  if (lasting.length > 0) {
    const message = `This edit replaces the whole payload, so the placeholders in ${lasting.join(' and ')} would be lost. Nothing was changed.`;
    throw new UsageError('BAD_DATA', message);
  }
  const isAsShown = after === writeFaithfully(edited, 'pretty');
  const written = isAsShown || !isJson(provider.dialect) ? writeJson(edited, provider.dialect) : after;
  return { ...choice, set: [], unset: [], body: written };
}

/** Edits as `--set` and `--unset` take them. */
interface Changes {
  readonly set: string[];
  readonly unset: string[];
}

/** The changes that make one document of another, the order of members included; null where edits can't say them. */
export function changesBetween(before: Json, after: Json): Changes | null {
  const changes: Changes = { set: [], unset: [] };
  return compare(before, after, [], changes) ? changes : null;
}

function compare(before: Json, after: Json, path: readonly PathStep[], changes: Changes): boolean {
  if (writeFaithfully(before, 'js') === writeFaithfully(after, 'js')) return true;
  if (before instanceof Map && after instanceof Map && keepsOrder(before, after, path.length === 0)) {
    for (const key of before.keys()) if (!after.has(key)) changes.unset.push(formatPath([...path, key]));
    for (const [key, value] of after) {
      const old = before.get(key);
      if (old === undefined) changes.set.push(`${formatPath([...path, key])}:=${jsonText(value)}`);
      else compare(old, value, [...path, key], changes);
    }
    return true;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [i, item] of after.entries()) compare(before[i]!, item, [...path, i], changes);
    return true;
  }
  if (path.length === 0) return false;
  changes.set.push(setText(before, after, formatPath(path)));
  return true;
}

/**
 * Returns whether the members have the order that edits produce: the old ones in their order, then the new ones. Among the outermost members only the
 * old ones count, since new ones may come last.
 */
function keepsOrder(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
  isOutermost: boolean,
): boolean {
  const kept = [...before.keys()].filter((key) => after.has(key));
  const found = isOutermost ? [...after.keys()].filter((key) => before.has(key)) : [...after.keys()];
  return kept.every((key, i) => key === found[i]);
}

function setText(before: Json, after: Json, place: string): string {
  const isText = typeof before === 'string' && typeof after === 'string' && !after.includes('{{');
  if (isText && printable(after) === after) return `${place}=${after}`;
  if (before instanceof JsonNumber && after instanceof JsonNumber) return `${place}=${after.text}`;
  return `${place}:=${jsonText(after)}`;
}

/** JSON without the characters that a terminal must not get. */
function jsonText(value: Json): string {
  const text = writeFaithfully(value, 'js');
  if (printable(text) === text) return text;
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
