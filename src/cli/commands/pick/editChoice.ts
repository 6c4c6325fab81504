import { UsageError } from '../../../core/errors.js';
import { writeFaithfully, writeJson } from '../../../json/dialect.js';
import { parseJson } from '../../../json/parse.js';
import { applyEdits, isPerDelivery, parseSet, parseUnset } from '../../../payloads/edit.js';
import type { Io } from '../../io/io.js';
import { editJsonText } from '../../prompts/editPayload.js';
import { changesBetween } from './changes.js';
import type { Choice } from './choice.js';
import { payloadOf, sampleOf } from './payload.js';

/**
 * Lets the person edit the payload. What they changed becomes edits, as a command has them; what edits can't say, such as another order of the
 * outermost members or nothing but white space, is kept as it was written.
 */
export async function editChoice(choice: Choice, io: Io): Promise<Choice> {
  const { provider, body } = choice;
  const before = await payloadOf(choice, { perDelivery: false });
  const isOwnText = body?.includes('\n') && provider.dialect !== 'form';
  const shown = isOwnText ? body! : writeFaithfully(before, 'pretty');
  const after = (await editJsonText(shown, io)).replaceAll('\r\n', '\n').replace(/\n$/, '');
  if (after === shown) return choice;
  const edited = parseJson(after);
  const lasting = choice.set.filter((text) => isPerDelivery(parseSet(text)));
  const sample = await sampleOf(choice);
  const changes = changesBetween(sample, edited);
  const onlySpace = writeFaithfully(edited, 'js') === writeFaithfully(before, 'js') && lasting.length === 0;
  if (changes !== null && !onlySpace) {
    const set = [...changes.set, ...lasting];
    applyEdits(sample, [...set.map((text) => parseSet(text)), ...changes.unset.map(parseUnset)]);
    return { ...choice, set, unset: changes.unset, body: null };
  }
  if (lasting.length > 0) {
    const message = `This edit replaces the whole payload, so the placeholders in ${lasting.join(' and ')} would be lost. Nothing was changed.`;
    throw new UsageError('BAD_DATA', message);
  }
  const isAsShown = after === writeFaithfully(edited, 'pretty');
  const written = isAsShown || provider.dialect === 'form' ? writeJson(edited, provider.dialect) : after;
  return { ...choice, set: [], unset: [], body: written };
}
