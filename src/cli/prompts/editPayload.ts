import { UsageError } from '../../core/errors.js';
import { listNames } from '../../core/nearest.js';
import { excerpt } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import { writeFaithfully } from '../../json/encodeJson.js';
import { JsonSyntaxError, parseJson } from '../../json/parse.js';
import { findRepeatedKey } from '../../json/repeatedKey.js';
import type { Json } from '../../json/value.js';
import { applyEdits, type Edit, isPerDelivery } from '../../payloads/edit.js';
import { loadSample } from '../../payloads/load.js';
import { isInteractive } from '../io/interactive.js';
import type { Io } from '../io/io.js';

interface Editable {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly variant: string | null;
  readonly edits: readonly Edit[];
  /** In place of the sample that ships. */
  readonly sample?: Json | undefined;
}

/** `--edit`: returns the sample as a person edited it, and the edits for each delivery. */
export async function editPayload(
  { provider, events, variant, edits, sample }: Editable,
  io: Io,
): Promise<{ edited: Json; edits: readonly Edit[] }> {
  const [event, ...more] = events;
  if (event === undefined || more.length > 0) {
    throw new UsageError('SEVERAL_EVENTS', `--edit opens one payload. Name one event: ${listNames(events)}.`);
  }
  const shown = applyEdits(
    sample ?? (await loadSample({ provider, event, variant })),
    edits.filter((edit) => !isPerDelivery(edit)),
  );
  const perDelivery = edits.filter(isPerDelivery);
  if (typeof shown === 'string') return { edited: await io.edit(shown), edits: perDelivery };
  const text = await editJsonText(writeFaithfully(shown, 'pretty'), io);
  const twice = findRepeatedKey(text);
  if (twice !== null) {
    const key = excerpt(twice, 80);
    throw new UsageError('BAD_JSON', `The edited payload has the key ${key} twice. Leave one. Nothing was sent.`);
  }
  return { edited: parseJson(text), edits: perDelivery };
}

/** Opens a text in the editor until it is JSON, and resolves with it. Throws a UsageError where the person leaves it invalid. */
export async function editJsonText(shown: string, io: Io): Promise<string> {
  let text = `${shown}\n`;
  for (;;) {
    text = (await io.edit(text)).replace(/^\ufeff/, '');
    try {
      parseJson(text);
      return text;
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      const wrong = `The edited payload is not JSON: ${error.message}.`;
      if (!isInteractive(io) || !(await againAfter(wrong, io))) {
        throw new UsageError('BAD_JSON', `${wrong} Nothing was sent.`);
      }
    }
  }
}

async function againAfter(wrong: string, io: Io): Promise<boolean> {
  io.stderr.write(`${wrong}\n`);
  const { askAgain } = await import('./picker.js');
  return askAgain(io);
}
