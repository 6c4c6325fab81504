import { randomBelow, seededRandom } from '../core/random.js';
import { type FieldContext, hasFailed, hashText } from './fieldContext.js';
import type { FlatSchema } from './flattenSchema.js';
import { amountOf, isMoneyName } from './moneyValues.js';
import { fieldMoment, isTimeName } from './sampleTimes.js';
import { isIdName, type SampleWorld, thingOfId } from './textValues.js';

const numbers: readonly (readonly [name: RegExp, value: number])[] = [
  [/latitude|^lat$/, 52.0907],
  [/longitude|^(?:lng|lon|long)$/, 5.1214],
  [/exp(?:iry|iration)?_?month|(?:^|_)month$/, 8],
  [/exp(?:iry|iration)?_?year|(?:^|_)year$/, 2029],
  [/(?:^|_)age$/, 34],
  [/(?:^|_)(?:rate|percent|percentage|ratio)(?:$|_)/, 20],
  [/probability|score|confidence|risk/, 12],
  [/width/, 1200],
  [/height/, 800],
  [/weight/, 850],
  [/bytes|(?:^|_)size$|length$/, 48_213],
  [/_ms$|millis|latency/, 184],
  [/(?:^|_)(?:seconds|duration)|expires_in|(?:^|_)ttl$/, 900],
  [/(?:^|_)(?:terms?|days)$/, 30],
  [/(?:^|_)port$/, 443],
  [/status_code|http_status/, 200],
  [/quantity|(?:^|_)qty$/, 1],
  [/attempt|retry|retries/, 1],
  [/(?:^|_)version$/, 2],
  [/index|position|offset|(?:^|_)page$/, 0],
  [/tokens/, 1280],
  [/total|count|number|units/, 2],
  [/open_|closed_|failed|pending/, 0],
];

/** The number of a field, by its name and what holds it, within the bounds of its schema. */
export function numberOfField(field: FieldContext, schema: FlatSchema, world: SampleWorld): number {
  const isInteger = schema.types?.has('integer') === true && !schema.types.has('number');
  return withinBounds(wantedNumber(field, schema, world, isInteger), schema, isInteger);
}

function wantedNumber(field: FieldContext, schema: FlatSchema, world: SampleWorld, isInteger: boolean): number {
  const { name } = field;
  const example = schema.keywords.get('example') ?? schema.keywords.get('default');
  if (isIdName(name)) return world.ids.numberOf(thingOfId(field, world), digitsOf(example));
  if (/^(?:number)$/.test(name)) return 1040 + field.event.number;
  if (isTimeName(name) || /unix|timestamp|epoch/.test(String(schema.keywords.get('format')))) {
    const ms = fieldMoment(field, world);
    return /_ms$|millis/.test(name) || digitsOf(example, 10) === 13 ? ms : Math.floor(ms / 1000);
  }
  if (isMoneyName(name)) {
    const hundredths = amountOf(field, world);
    const isWhole = isInteger || /cents|minor/.test(name) || Number.isInteger(example);
    return isWhole ? hundredths : hundredths / 100;
  }
  if (/status_code|http_status/.test(name) && hasFailed(field)) return 500;
  const known = numbers.find(([pattern]) => pattern.test(name));
  if (known) return known[1];
  if (typeof example !== 'number' || !Number.isFinite(example)) return 1;
  return example === schema.keywords.get('default') ? example : numberLike(example, field, world.ids.seed);
}

/** A number of as many digits as an example, which is not copied; the same one for the same field. */
function numberLike(example: number, { owner, name }: FieldContext, seed: number): number {
  if (Math.abs(example) <= 1 && Number.isInteger(example)) return example;
  const random = seededRandom(hashText(`${seed} ${owner} ${name}`));
  for (let attempt = 0; attempt < 8; attempt++) {
    const text = String(example).replace(/\d/g, (digit, at: number, all: string) => {
      const isFixed = digit === '0' || /e/.test(all.slice(0, at));
      return isFixed ? digit : String(1 + randomBelow(random, 9));
    });
    if (Number(text) !== example) return Number(text);
  }
  return 1;
}

function digitsOf(example: unknown, otherwise = 9): number {
  return typeof example === 'number' && Number.isInteger(example) ? String(Math.abs(example)).length : otherwise;
}

/** The nearest number that the bounds allow. */
export function withinBounds(wanted: number, { least, most, keywords }: FlatSchema, isInteger: boolean): number {
  const step = Number(keywords.get('multipleOf') ?? 0);
  const unit = step > 0 ? step : isInteger ? 1 : 0.01;
  const bounds = boundsOf(keywords.get('format'));
  const low = Math.max(
    least.get('minimum') ?? bounds[0],
    (least.get('exclusiveMinimum') ?? Number.NEGATIVE_INFINITY) + unit,
  );
  const high = Math.min(
    most.get('maximum') ?? bounds[1],
    (most.get('exclusiveMaximum') ?? Number.POSITIVE_INFINITY) - unit,
  );
  let value = Math.min(Math.max(isInteger ? Math.trunc(wanted) : wanted, low), high);
  if (step > 0) {
    value = Math.ceil(value / step) * step;
    if (value > high) value = Math.floor(high / step) * step;
  } else if (isInteger) {
    value = value < low ? Math.ceil(low) : Math.ceil(value);
    if (value > high) value = Math.floor(high);
  }
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : 0;
}

function boundsOf(format: unknown): readonly [number, number] {
  if (format === 'int32') return [-(2 ** 31), 2 ** 31 - 1];
  return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}
