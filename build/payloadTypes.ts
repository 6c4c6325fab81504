/** Writes the types of payloads: what the samples of a provider's events have in common, so many levels deep. */

import type { Dialect } from '../src/core/provider.js';

/** The input of payload types: a provider, with the samples of each event, the default one first. */
export interface SampledProvider {
  readonly name: string;
  readonly dialect: Dialect;
  readonly eventAt: string | null;
  readonly samples: Readonly<Record<string, readonly unknown[]>>;
}

/** Levels of members that payload types have at most. */
const maxDepth = 6;

/**
 * Returns the declarations of payload types, by provider, which are no longer than a budget altogether: until they are, the deepest level becomes
 * `unknown` of one that is longer than its share, of that which keeps most of its length.
 */
export function writePayloadTypes(providers: readonly SampledProvider[], maxLength: number): Map<string, string> {
  const declared = providers.map((each) => new DeclaredPayloads(each));
  const total = () => declared.reduce((sum, { text }) => sum + text.length, 0);
  while (total() > maxLength) {
    const long = declared.filter(({ depth, text }) => depth > 0 && text.length > maxLength / providers.length);
    const [best] = long.sort((a, b) => b.kept - a.kept);
    if (!best) throw new Error(`Payload types without any members are longer than ${maxLength} characters.`);
    best.cut();
  }
  return new Map(declared.map(({ name, text }) => [name, text]));
}

/** The declaration of a provider's payload types, as deep as it may be. */
class DeclaredPayloads {
  depth = maxDepth;
  text: string;
  #shorter: string | undefined;

  constructor(private readonly provider: SampledProvider) {
    this.text = declarePayloads(provider, this.depth);
  }

  get name(): string {
    return this.provider.name;
  }

  /** The share of its length that is left without its deepest level. */
  get kept(): number {
    this.#shorter ??= declarePayloads(this.provider, this.depth - 1);
    return this.#shorter.length / this.text.length;
  }

  /** Leaves out the deepest level. */
  cut(): void {
    this.text = this.#shorter ?? declarePayloads(this.provider, this.depth - 1);
    this.#shorter = undefined;
    this.depth--;
  }
}

/** The declaration of a provider's payload types, so many levels deep: what the samples of an event and of its variants hold. */
function declarePayloads({ name, dialect, eventAt, samples }: SampledProvider, depth: number): string {
  const objects = new ObjectTypes();
  const payloads = Object.entries(samples).map(([event, values]) => {
    const told =
      eventAt === null
        ? null
        : { path: eventAt.split('.'), text: JSON.stringify(valueAt(values[0], eventAt)) ?? 'string' };
    return `${JSON.stringify(event)}:${written(shapeOf(values), { told, depth, key: event, objects })};\n`;
  });
  const { text, types } = objects.finish(payloads.join(''));
  return `/** What the samples of ${name} hold (${typeof dialect === 'string' ? dialect : dialect.kind}): the provider may send more, less, or null. */\nexport {};\n${types}declare module '../api/samplePayloads.js' {\ninterface SamplePayloads {\n${JSON.stringify(name)}:{\n${text}};\n}\n}\n`;
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], value);
}

interface Shape {
  readonly plain: readonly string[];
  readonly isNullable: boolean;
  readonly members: readonly { readonly key: string; readonly isOptional: boolean; readonly shape: Shape }[] | null;
  readonly items: Shape | null;
}

/** Returns the common shape of values: the kinds that occur, the members of all objects with how many have each, and the items of lists. */
function shapeOf(values: readonly unknown[]): Shape {
  const objects = values.filter(
    (value): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const lists = values.filter(Array.isArray);
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return {
    plain: [...new Set(values.filter((value) => typeof value !== 'object').map((value) => typeof value))].sort(),
    isNullable: values.includes(null),
    members:
      objects.length === 0
        ? null
        : keys.map((key) => {
            const having = objects.filter((object) => Object.hasOwn(object, key));
            return {
              key,
              isOptional: having.length < objects.length,
              shape: shapeOf(having.map((object) => object[key])),
            };
          }),
    items: lists.length === 0 ? null : shapeOf(lists.flat()),
  };
}

/** The object types of a provider: what several of its payloads hold alike is one type with a name. */
class ObjectTypes {
  readonly ids = new Map<string, number>();
  readonly list: { readonly text: string; readonly key: string; uses: number }[] = [];

  /** Returns a placeholder for an object type until all are known; `key` is the member that holds it. */
  reference(text: string, key: string): string {
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.list.push({ text, key, uses: 0 }) - 1;
      this.ids.set(text, id);
    }
    return `\u0001${id}\u0001`;
  }

  /** The text with names in place of what occurs several times, and the types of these names. */
  finish(text: string): { text: string; types: string } {
    for (const each of [text, ...this.list.map((type) => type.text)]) {
      for (const [, id] of each.matchAll(reference)) this.list[Number(id)]!.uses++;
    }
    const taken = new Set(['Array', 'Record']);
    const named = new Map<string, { name: string; text: string }>();
    const resolve = (part: string): string =>
      part.replace(reference, (_, id: string) => {
        const type = this.list[Number(id)]!;
        if (type.uses < 2 || type.text.length < shortestNamed) return resolve(type.text);
        if (!named.has(id)) {
          const name = freeName(type.key, taken);
          named.set(id, { name, text: '' });
          named.get(id)!.text = resolve(type.text);
        }
        return named.get(id)!.name;
      });
    const resolved = resolve(text);
    return { text: resolved, types: [...named.values()].map((each) => `type ${each.name}=${each.text};\n`).join('') };
  }
}

const reference = /\u0001(\d+)\u0001/g;
/** Characters of an object type that is worth a name. */
const shortestNamed = 40;

function freeName(key: string, taken: Set<string>): string {
  const words = key.match(/[A-Za-z0-9]+/g) ?? ['value'];
  const base = words
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('')
    .replace(/^\d/, '_$&');
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  taken.add(name);
  return name;
}

/** The depth of a type in the output, the event's name with its path, and the member that holds the type. */
interface TypePlace {
  readonly told: { readonly path: readonly string[]; readonly text: string } | null;
  readonly depth: number;
  readonly key: string;
  readonly objects: ObjectTypes;
}

/** Returns a shape as a type. */
function written({ plain, isNullable, members, items }: Shape, place: TypePlace): string {
  const { told, depth, key: holder, objects } = place;
  if (told?.path.length === 0) return told.text;
  if (depth === 0 && (members || items)) return 'unknown';
  const fields = members?.map(({ key, isOptional, shape }) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    const below = told?.path[0] === key ? { ...told, path: told.path.slice(1) } : null;
    return `${name}${isOptional ? '?' : ''}:${written(shape, { told: below, depth: depth - 1, key, objects })}`;
  });
  const kinds = [
    ...plain,
    ...(fields
      ? [fields.length > 0 ? objects.reference(`{${fields.join(';')}}`, holder) : 'Record<string, unknown>']
      : []),
    ...(items ? [`Array<${written(items, { told: null, depth: depth - 1, key: holder, objects })}>`] : []),
  ];
  // The type of what is only ever null or empty is unknown.
  if (kinds.length === 0) return 'unknown';
  return [...kinds, ...(isNullable ? ['null'] : [])].join('|');
}
