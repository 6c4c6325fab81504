import { seededRandom } from '../core/random.js';
import { textLike, vocabularyWord } from './exampleShape.js';
import { type FieldContext, hashText } from './fieldContext.js';
import type { FlatSchema } from './flattenSchema.js';
import { patternText } from './patternText.js';
import { testPattern } from './testPattern.js';
import { textOfFormat } from './textOfFormat.js';
import { type SampleWorld, textOfField } from './textValues.js';

/** The text of a field: in the form of its example or format, else by its name, within the bounds and patterns of its schema. */
export function textOfSchema(flat: FlatSchema, given: FieldContext, example: unknown, world: SampleWorld): string {
  const idOf = flat.keywords.get('idOf');
  const field = typeof idOf === 'string' ? { ...given, thing: idOf } : given;
  const format = textOfFormat(flat.keywords.get('format'), field, world);
  const like = textLike(example, field, world);
  const isLikeFormat = format === null || (like !== null && /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(like));
  const candidates = [
    isLikeFormat ? like : format,
    format ?? vocabularyWord(example, field),
    textOfField(field, world),
  ].flatMap((text) => (text === null ? [] : fitted(text, flat)));
  const fitting = candidates.find((text) => flat.patterns.every((pattern) => testPattern(pattern, text)));
  if (fitting !== undefined) return fitting;
  const random = seededRandom(hashText(`${world.ids.seed} ${field.pointer} ${field.event.name}`));
  const matching = flat.patterns.map((pattern) => patternText(pattern, random));
  return matching.find((text) => text !== null && fitted(text, flat).includes(text)) ?? candidates[0] ?? '';
}

/** A text with no more and no less characters than are allowed. */
function fitted(text: string, { least, most }: FlatSchema): string[] {
  const low = Math.min(least.get('minLength') ?? 0, 10_000);
  const high = most.get('maxLength') ?? Number.POSITIVE_INFINITY;
  const cut = text.slice(0, high).trimEnd();
  return [cut.length >= low ? cut : cut.padEnd(low, cut === '' ? 'x' : `-${cut}`)];
}
