/** The context of a place in a sample, from the names that lead to it. */
export interface FieldContext {
  /** The JSON Pointer of the place. */
  readonly pointer: string;
  /** The number of names and indexes that lead to it. */
  readonly depth: number;
  /** True for an item of a list, the one at `at`. */
  readonly isItem: boolean;
  /** The name of the field, in snake_case. */
  readonly name: string;
  /** The name of the object that holds the field: `customer`. */
  readonly owner: string;
  /** The place of the nearest list item that it is in, from 0. */
  readonly at: number;
  /** The thing whose id it holds, if its schema names one. */
  readonly thing?: string;
  readonly event: EventWords;
}

/** An event's name in words. */
export interface EventWords {
  readonly name: string;
  /** From 0, in the order of the events. */
  readonly number: number;
  /** Its time; by default a minute after the event before. */
  readonly givenMs?: number;
  /** Its subject: `payment_intent`. */
  readonly subject: string;
  /** Its verb: `succeeded`; empty where its name has none. */
  readonly verb: string;
}

/** Names of fields that hold a thing without saying what it is. */
const containers =
  /^(?:data|object|objects|payload|attributes|resource|resources|body|content|contents|details?|record|entity|model|result|results|value|values|new|old|before|after|current|previous|previous_attributes|notification|notification_items?|message|included|response|event|params?|properties|fields|info|self)$/;

const verbs =
  /^(?:\w*(?:ed|ing)|paid|sent|lost|won|due|overdue|open|create|update|delete|remove|add|change|complete|cancel|start|end|fail|success|failure|succeed|bounce|click|new|available|upcoming|ping|drift)$/;

/** The words of a name, whatever joins them. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** A name in snake_case. */
export function snakeCase(name: string): string {
  const known = snakeNames.get(name);
  if (known !== undefined) return known;
  const snakeName = wordsOf(name).join('_');
  if (snakeNames.size < maxNames) snakeNames.set(name, snakeName);
  return snakeName;
}

/** Names that were written in snake_case before: those of fields come again and again. */
const snakeNames = new Map<string, string>();
const maxNames = 20_000;

/** One of the things that a plural names: `line_items` is `line_item`. */
export function singular(noun: string): string {
  if (/(?:ss|us|is|news|series|sms)$/.test(noun)) return noun;
  if (/ies$/.test(noun)) return `${noun.slice(0, -3)}y`;
  if (/(?:s|x|ch|sh)es$/.test(noun) && !/(?:ases|enses|urses|rses)$/.test(noun)) return noun.slice(0, -2);
  return /s$/.test(noun) ? noun.slice(0, -1) : noun;
}

/** The words of an event's name. */
export function eventWords(name: string, number: number, givenMs?: number): EventWords {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const verb = words.length > 1 && verbs.test(last) ? last : '';
  const rest = verb === '' ? words : words.slice(0, -1);
  // The vendor's own levels, as in customer.subscription.updated, end with the thing itself.
  const levels = name.split(/[./:]/).map(snakeCase);
  const level = levels.length > 2 ? levels.at(-2)! : rest.join('_');
  return { name, number, ...(givenMs !== undefined && { givenMs }), subject: singular(level || 'event'), verb };
}

/** The context of the whole sample of an event. */
export function rootContext(event: EventWords): FieldContext {
  return { pointer: '', depth: 0, isItem: false, name: '', owner: event.subject, at: 0, event };
}

/** The context of a field of an object. */
export function fieldOf(object: FieldContext, key: string): FieldContext {
  const name = snakeCase(key);
  return {
    pointer: `${object.pointer}/${/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key}`,
    depth: object.depth + 1,
    isItem: false,
    name: name === '' ? key : name,
    owner: ownerWithin(object),
    at: object.at,
    event: object.event,
  };
}

/** The context of an item of a list. */
export function listItemOf(list: FieldContext, at: number): FieldContext {
  return {
    pointer: `${list.pointer}/${at}`,
    depth: list.depth + 1,
    isItem: true,
    name: singular(list.name),
    owner: list.owner,
    at,
    event: list.event,
  };
}

/** Returns whether something went amiss with what a field belongs to: by its event's name, or what holds it. */
export function hasFailed({ owner, event }: Pick<FieldContext, 'owner' | 'event'>): boolean {
  return /fail|bounc|reject|declin|error|exhaust|suppress|undeliver/i.test(`${event.name} ${owner}`);
}

/** Returns what an object is about: by the name of the field that holds it, or what holds that. */
export function ownerWithin({ name, owner, depth }: FieldContext): string {
  if (depth === 0 || containers.test(name)) return owner;
  if (/^(?:items?|lines?|entry|entries)$/.test(name)) return `${owner}_item`;
  return singular(name.replace(/^(?:new|old|current|previous|default|parent|latest|last|first|primary)_/, ''));
}

/** A whole number from a text, the same one always. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
