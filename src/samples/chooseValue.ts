import { type FieldContext, snakeCase } from './fieldContext.js';
import type { SampleWorld } from './textValues.js';

const unlikely =
  /unknown|none|other|unspecified|test|deprecated|draft|invalid|error|fail|null|undefined|unset|n\/a|^$/i;

/** The one of several values that fits its place: the event, the cast's currency, the example's, or the first that is usual. */
export function chooseValue(
  values: readonly unknown[],
  field: FieldContext,
  world: SampleWorld,
  example: unknown,
): unknown {
  const { event, name, at, isItem } = field;
  const texts = values.filter((value): value is string => typeof value === 'string');
  const wanted = [event.name, world.cast.currency, world.cast.country, world.cast.language, world.cast.timeZone];
  const exact = texts.find((text) => wanted.some((each) => each.toLowerCase() === text.toLowerCase()));
  if (exact !== undefined && (exact === event.name || /currency|country|lang|locale|zone|event|type/.test(name)))
    return exact;
  const named = texts.find((text) => snakeCase(text) === snakeCase(event.name));
  if (named !== undefined) return named;
  if (event.verb !== '' && /status|state|action|outcome|result|conclusion|type|stage|phase|event/.test(name)) {
    const fitting = texts.find((text) => snakeCase(text) === event.verb || snakeCase(text).endsWith(`_${event.verb}`));
    if (fitting !== undefined) return fitting;
  }
  if (/(?:^|_)(?:type|object|kind)$/.test(name)) {
    const thing = texts.find((text) => snakeCase(text) === field.owner);
    if (thing !== undefined) return thing;
  }
  if (isItem && at > 0) return values[at % values.length];
  if (example !== undefined && values.includes(example)) return example;
  return values.find((value) => value !== null && !unlikely.test(String(value))) ?? values[0];
}

const laterState =
  /^(?:is_|has_|was_)?(?:deleted|cancell?ed|closed|refunded|ended|archived|failed|expired|revoked|voided|merged|dismissed|suspended|locked|paused|resolved|disabled|blocked|banned|rejected|removed|withdrawn|completed|disputed|fulfilled|trashed|declined)(?:_|$)|(?:^|_)(?:deleted|cancell?ed|closed|refunded|ended|archived|failed|revoked|voided|disabled|blocked|removed)_(?:at|on|by|date|time)$/;
const rare =
  /failure|error|decline|dispute|(?:^|_)previous|(?:^|_)parent|cancell?ation|reversal|charge_?back|suspen|(?:^|_)next_action/;

/** Returns whether a field is usually empty at this event: what has not happened yet, and failures. */
export function isUsuallyEmpty({ name, event }: FieldContext): boolean {
  if (!laterState.test(name) && !rare.test(name)) return false;
  const stem = event.verb.replace(/(?:l?led|ed|d)$/, '');
  return !(stem.length > 2 && name.includes(stem)) && !/fail|error|declin|dispute/.test(event.name);
}

/** Returns whether a switch of this name is usually on. */
export function booleanOf(field: FieldContext): boolean {
  const { name } = field;
  if (isUsuallyEmpty(field)) return false;
  if (laterState.test(name)) return true;
  return /active|enabled|verified|valid|success|paid|captured|available|visible|primary|default|confirmed|accepted|subscribed|published|complete|public|allow|can_|approved|(?:^|_)ok$/.test(
    name,
  );
}
