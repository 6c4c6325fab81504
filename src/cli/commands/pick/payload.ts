import { parseBody } from '../../../json/dialect.js';
import { writeFaithfully } from '../../../json/encodeJson.js';
import { JsonSyntaxError } from '../../../json/parse.js';
import type { Json } from '../../../json/value.js';
import { applyEdits, isPerDelivery, parseSet, parseUnset } from '../../../payloads/edit.js';
import { loadSample } from '../../../payloads/load.js';
import { flagName } from '../../options/flags.js';
import type { Choice } from './choice.js';

/** The sample that a choice begins with. */
export function loadChosenSample({ provider, event, variant }: Choice): Promise<Json> {
  return loadSample({ provider, event, variant });
}

/** Returns the payload of a choice: the sample with its edits, without those that differ in each delivery on demand, or the text from the editor. */
export async function buildChosenPayload(choice: Choice, { perDelivery = true } = {}): Promise<Json> {
  const { provider, set, unset, body } = choice;
  if (body !== null) return parseBody(Buffer.from(body), provider.dialect);
  const edits = [...set.map((text) => parseSet(text, flagName('set'))), ...unset.map(parseUnset)];
  return applyEdits(await loadChosenSample(choice), perDelivery ? edits : edits.filter((edit) => !isPerDelivery(edit)));
}

/** A body as people read it: JSON over several lines, anything else as it is. */
export function readableBody(body: string, { provider }: Pick<Choice, 'provider'>): string {
  try {
    const value = parseBody(Buffer.from(body), provider.dialect);
    return typeof value === 'string' ? value : writeFaithfully(value, 'pretty');
  } catch (error) {
    if (error instanceof JsonSyntaxError) return body;
    throw error;
  }
}
