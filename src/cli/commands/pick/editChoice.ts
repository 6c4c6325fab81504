import { applyEdits, isPerDelivery, parseSet, parseUnset } from '../../../payloads/edit.js';
import { loadSample } from '../../../payloads/load.js';
import type { Io } from '../../io/io.js';
import { editJson } from '../../prompts/editPayload.js';
import { changesBetween } from './changes.js';
import type { Choice } from './choice.js';

/** Lets the person edit the payload; what they changed becomes edits, as a command has them. */
export async function editChoice(choice: Choice, io: Io): Promise<Choice> {
  const sample = await loadSample({ provider: choice.provider, event: choice.event, variant: null });
  const lasting = choice.set.filter((text) => isPerDelivery(parseSet(text)));
  const plain = choice.set.filter((text) => !lasting.includes(text));
  const before = applyEdits(sample, [...plain.map((text) => parseSet(text)), ...choice.unset.map(parseUnset)]);
  const { set, unset } = changesBetween(sample, await editJson(before, io));
  const edited = { ...choice, set: [...set, ...lasting], unset };
  applyEdits(sample, [...edited.set.map((text) => parseSet(text)), ...edited.unset.map(parseUnset)]);
  return edited;
}
