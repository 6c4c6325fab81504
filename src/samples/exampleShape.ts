import { booleanOf } from './chooseValue.js';
import type { FieldContext } from './fieldContext.js';
import { amountOf, isMoneyName } from './moneyValues.js';
import { fieldMoment, looksLikeTime, writeMoment } from './sampleTimes.js';
import { decimal, isIdName, type SampleWorld, thingOfId } from './textValues.js';

/** Texts that only hold the place of one. */
const placeholders =
  /^(?:string|text|str|value|example|sample|test|foo|bar|baz|null|none|todo|xxx+|lorem .*|your[_ -].*|<.*>|\{.*\})$/i;

/**
 * Returns a text in the form of an example: an id with the same prefix and length, a time in the same format, a word of the vendor's vocabulary. Null
 * where the example has no such form: its sentences and names are not copied.
 */
export function textLike(example: unknown, field: FieldContext, world: SampleWorld): string | null {
  if (typeof example !== 'string' || example.length > 200 || placeholders.test(example)) return null;
  if (/^(?:true|false)$/.test(example)) return String(booleanOf(field));
  const { ids } = world;
  const thing = () => thingOfId(field, world);
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(example)) {
    return ids.idOf(thing(), { kind: 'uuid4' });
  }
  if (looksLikeTime(example)) return writeMoment(fieldMoment(field, world), example);
  const [, prefix = '', rest = ''] = /^((?:[A-Za-z]{1,12}[_-]){1,3})([A-Za-z0-9]{3,64})$/.exec(example) ?? [];
  if (rest !== '' && (/\d/.test(rest) || /[a-z][A-Z]/.test(rest))) {
    return ids.idOf(thing(), { kind: 'alphanumeric', length: Math.max(rest.length, 12), prefix });
  }
  if (/^\d+\.\d{2}$/.test(example) && isMoneyName(field.name)) return decimal(amountOf(field, world));
  if (/^[0-9a-f]{24,128}$/.test(example) && /\d/.test(example)) {
    return ids.idOf(thing(), { kind: 'hex', length: example.length });
  }
  if (isIdName(field.name)) return idLike(example, field, world);
  return null;
}

/** A word of the vendor's vocabulary, as `card` or `in_transit`: it is no name of anybody, and means something to receivers. */
export function vocabularyWord(example: unknown, { name }: FieldContext): string | null {
  if (typeof example !== 'string' || placeholders.test(example)) return null;
  const isWord = /^(?:[a-z][a-z0-9]*(?:[_.-][a-z0-9]+){0,4}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+){0,4})$/.test(example);
  const isNamed =
    /type|status|state|method|mode|kind|reason|category|action|source|channel|scheme|brand|unit|interval|scope|role|visibility|event|code|level|model|object|format|direction|result/.test(
      name,
    );
  return isWord && isNamed && example.length <= 40 ? example : null;
}

function idLike(example: string, field: FieldContext, { ids, ...world }: SampleWorld): string | null {
  const thing = thingOfId(field, { ids, ...world });
  if (/^\d{3,20}$/.test(example)) return ids.idOf(thing, { kind: 'digits', length: example.length });
  if (/^[A-Z0-9]{12,40}$/.test(example)) return ids.idOf(thing, { kind: 'capitals', length: example.length });
  if (/^[A-Za-z0-9]{6,64}$/.test(example) && /\d/.test(example)) {
    return ids.idOf(thing, { kind: 'alphanumeric', length: example.length });
  }
  return null;
}
