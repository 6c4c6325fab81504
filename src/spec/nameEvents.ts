import { snakeCase, wordsOf } from '../samples/fieldContext.js';
import { flattenSchema, type SchemaChoice } from '../samples/flattenSchema.js';
import type { SchemaNode, SchemaSet } from '../samples/jsonSchema.js';
import { EventFiles } from './eventFiles.js';
import type { Specification, SpecifiedEvent, UnnamedEvent } from './specification.js';
import type { SpecificationProblem } from './specificationFiles.js';

/** Names of the field that holds the event, the likeliest first. */
const typeFields = [
  'type',
  'event_type',
  'eventType',
  'event',
  'webhook_type',
  'topic',
  'event_name',
  'eventName',
  'eventCode',
  'name',
  'notification_type',
  'kind',
];

/** The most events of one specification. */
const maxEvents = 5000;

type NamedEvents = Pick<Specification, 'events' | 'eventAt' | 'wire' | 'unread'> & {
  readonly problems: readonly SpecificationProblem[];
};

/** Names events: by the value of the event's field, else by the key or the id of the operation. */
export function nameEvents(unnamed: readonly UnnamedEvent[], set: SchemaSet): NamedEvents {
  const field = typeFields.find((name) => tellsApart(unnamed, name, set)) ?? null;
  const wire = field === null ? wireOf(unnamed, set) : null;
  const free = field === null && wire === null ? freeField(unnamed, set) : null;
  const events: SpecifiedEvent[] = [];
  const problems: SpecificationProblem[] = [];
  const unread: string[] = [];
  const files = new EventFiles();
  for (const event of unnamed) {
    const values = field === null ? [] : valuesOf([event.schema], field, set);
    for (const value of values.length > 0 ? values : [null]) {
      const name = safeName(value ?? (wire === null ? null : nameInParts(event, set)) ?? keyName(event));
      const reason =
        events.length >= maxEvents
          ? `there are more than ${maxEvents} events`
          : value !== null && name !== value
            ? `an event can't have the name ${value.slice(0, 150)}`
            : files.add(name);
      if (reason !== null) {
        problems.push({ place: event.place, message: `${reason}, and this one is left out.` });
        unread.push(name);
        continue;
      }
      const constant = value !== null ? field : free;
      const action = wire === null ? null : freeAction(event, set);
      const { key, operationId, ...rest } = event;
      const { schema } = event;
      events.push({
        ...rest,
        name,
        schema:
          constant !== null
            ? withConstant(schema, constant, name)
            : action !== null
              ? withConstant(schema, 'action', action)
              : schema,
      });
    }
  }
  return { events, eventAt: field ?? free, wire, problems, unread };
}

/** Returns whether a field distinguishes nearly all events. */
function tellsApart(events: readonly UnnamedEvent[], field: string, set: SchemaSet): boolean {
  const all = events.map(({ schema }) => valuesOf([schema], field, set));
  const candidates = all.filter((values) => values.length > 0 && values.length <= 500);
  const values = candidates.flat();
  // The only word of a single event may be the kind of the thing that it is about.
  if (values.length === 1 && wordsOf(values[0]!).length < 2) return false;
  return candidates.length > 0 && candidates.length >= events.length * 0.9 && new Set(values).size === values.length;
}

/** The texts that a field of a body can have, where the schema lists them. */
function valuesOf(nodes: readonly SchemaNode[], field: string, set: SchemaSet, depth = 0): string[] {
  const flat = flattenSchema(nodes, set);
  const members = flat.properties.get(field);
  const { values } = members ? flattenSchema(members, set) : { values: null };
  const texts = values?.filter((value): value is string => typeof value === 'string' && value !== '') ?? [];
  if (texts.length > 0 || depth > 2) return texts;
  for (const choice of flat.choices) {
    const all = choice.branches.slice(0, 500).map((branch) => {
      const own = valuesOf([branch], field, set, depth + 1);
      return own.length > 0 ? own : mappedValues(choice, branch, field);
    });
    if (all.every((each) => each.length > 0)) return [...new Set(all.flat())];
  }
  return [];
}

/** The values of a discriminator that lead to a branch. */
function mappedValues({ discriminator }: SchemaChoice, branch: SchemaNode, field: string): string[] {
  if (discriminator?.propertyName !== field || typeof branch === 'boolean') return [];
  return Object.entries(discriminator.mapping ?? {}).flatMap(([value, reference]) =>
    reference === branch.$ref ? [value] : [],
  );
}

/** Returns a field of plain text that holds the event's name, where the keys look like names: `type` with keys such as `order.paid`. */
function freeField(events: readonly UnnamedEvent[], set: SchemaSet): string | null {
  if (events.length === 0 || !events.every(({ key }) => /[a-z][._:][a-z]/i.test(key.replace(/^\//, '')))) return null;
  const isFree = (field: string) => events.every(({ schema }) => isFreeText([schema], field, set));
  return ['type', 'event_type', 'eventType', 'event', 'topic'].find(isFree) ?? null;
}

/** Returns whether a field of a body may be any text. */
function isFreeText(nodes: readonly SchemaNode[], field: string, set: SchemaSet): boolean {
  const members = flattenSchema(nodes, set).properties.get(field);
  if (!members) return false;
  const { types, values, patterns } = flattenSchema(members, set);
  return types?.has('string') === true && values === null && patterns.length === 0;
}

/** The rule for names of two parts: one in a header, the action in the body. */
function wireOf(events: readonly UnnamedEvent[], set: SchemaSet): Specification['wire'] {
  const header = events[0]?.headers.find(({ name }) => /(?:^|-)(?:event|topic)$/i.test(name))?.name;
  if (header === undefined) return null;
  const inTwo = events.filter(({ operationId }) => /^[^/]+\/[^/]+$/.test(operationId ?? ''));
  const acting = inTwo.filter(({ operationId, schema }) => {
    const values = valuesOf([schema], 'action', set);
    return values.length === 1 && snakeCase(values[0]!) === snakeCase(operationId!.split('/')[1]!);
  });
  return acting.length > 0 && acting.length >= inTwo.length * 0.9 ? { split: '.', header, body: 'action' } : null;
}

/** Returns the name of an event whose action is in the body. */
function nameInParts({ operationId, schema }: UnnamedEvent, set: SchemaSet): string | null {
  if (operationId === null) return null;
  const [kind, action] = operationId.split('/');
  if (action === undefined) return snakeCase(kind!);
  const values = valuesOf([schema], 'action', set);
  return `${snakeCase(kind!)}.${values.length === 1 ? values[0] : actionOf(action)}`;
}

/** The action of an event whose schema takes any text for it, as its name has it; null for any other. */
function freeAction({ operationId, schema }: UnnamedEvent, set: SchemaSet): string | null {
  const action = operationId?.split('/')[1];
  return action !== undefined && isFreeText([schema], 'action', set) ? actionOf(action) : null;
}

function actionOf(text: string): string {
  return text.split('.').map(snakeCase).join('.');
}

function keyName({ key, operationId }: UnnamedEvent): string {
  const plain = key.replace(/^\/+|\/+$/g, '');
  const isSame = operationId !== null && snakeCase(operationId) === snakeCase(plain);
  return isSame && /[./:]/.test(operationId) && !/[./:]/.test(plain) ? operationId.replaceAll('/', '.') : plain;
}

/** A name that a sample's file can have. */
function safeName(text: string): string {
  const name = text
    .replace(/[*\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, '_')
    .split('/')
    .map((part) => (/^\.{0,2}$/.test(part) ? '_' : part))
    .join('/');
  return name.slice(0, 150) || '_';
}

function withConstant(schema: SchemaNode, field: string, value: string): SchemaNode {
  return {
    namesEvent: true,
    allOf: [schema, { type: 'object', properties: { [field]: { const: value } }, required: [field] }],
  };
}
