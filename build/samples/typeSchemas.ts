import type ts from 'typescript';
import { snakeCase } from '../../src/samples/fieldContext.js';
import { type JsonSchema, type SchemaNode, type SchemaSet, schemaReference } from '../../src/samples/jsonSchema.js';

/** Options for reading declarations. */
export interface TypeReading {
  /** The spelling of members on the wire; as declared by default. */
  readonly names?: 'snake_case' | 'camelCase';
  /** Members that are left out where they are optional. */
  readonly omit?: readonly string[];
  /** Reads types literally, with their comments: numbers are any, and an id does not replace a thing. */
  readonly isExact?: true;
  /** Types, by name, that hold anything. */
  readonly anything?: readonly string[];
}

type Compiler = typeof ts;

const maxSchemas = 20_000;
const maxDepth = 60;
const withFractions = /rate|percent|ratio|latitude|longitude|^(?:lat|lng|lon)$|probability|confidence/;
/** Types of the language and of Node that JSON has as texts or not at all. */
const known: Readonly<Record<string, SchemaNode>> = {
  Date: { type: 'string', format: 'date-time' },
  URL: { type: 'string', format: 'uri' },
  Buffer: { type: 'string', format: 'byte' },
  Uint8Array: { type: 'string', format: 'byte' },
  ArrayBuffer: { type: 'string', format: 'byte' },
  RegExp: { type: 'string', format: 'regex' },
  Function: false,
  Promise: false,
};

/** Makes JSON Schemas of TypeScript's types, each object type once. */
export class TypeSchemas {
  readonly #defs: Record<string, SchemaNode> = Object.create(null);
  readonly #names = new Map<ts.Type, string>();
  readonly #taken = new Map<string, number>();
  readonly #pending: ts.Type[] = [];

  constructor(
    readonly compiler: Compiler,
    readonly checker: ts.TypeChecker,
    readonly reading: TypeReading = {},
  ) {}

  /** The requested schemas, with all that they refer to. */
  get set(): SchemaSet {
    return { $defs: this.#defs };
  }

  /** The schema of a type. */
  schemaOf(type: ts.Type): SchemaNode {
    const schema = this.#convert(type, 0);
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) {
      this.#defs[this.#names.get(next)!] = this.#object(next);
    }
    return schema;
  }

  #convert(type: ts.Type, depth: number): SchemaNode {
    const { TypeFlags } = this.compiler;
    const { flags } = type;
    if (this.reading.anything?.includes(type.aliasSymbol?.getName() ?? '')) return true;
    if (depth > maxDepth || flags & TypeFlags.Any || flags & TypeFlags.Unknown) return true;
    if (flags & TypeFlags.Never) return false;
    if (flags & TypeFlags.Null) return { type: 'null' };
    if (flags & (TypeFlags.Undefined | TypeFlags.Void | TypeFlags.ESSymbolLike)) return false;
    if (flags & TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' };
    if (flags & TypeFlags.BooleanLike && !type.isUnion()) return { type: 'boolean' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.isUnion()) return this.#union(type, depth);
    if (flags & TypeFlags.TemplateLiteral) return this.#template(type as ts.TemplateLiteralType);
    if (flags & TypeFlags.StringLike) return { type: 'string' };
    if (flags & TypeFlags.NumberLike) return { type: this.reading.isExact ? 'number' : 'integer' };
    if (flags & TypeFlags.BigIntLike) return { type: 'integer' };
    if (flags & TypeFlags.Instantiable) {
      const constraint = this.checker.getBaseConstraintOfType(type);
      return constraint && constraint !== type ? this.#convert(constraint, depth + 1) : true;
    }
    if (type.isIntersection()) {
      const basic = type.types.find((each) => each.flags & (TypeFlags.StringLike | TypeFlags.NumberLike));
      if (basic) return this.#convert(basic, depth + 1);
    }
    return this.#objectLike(type, depth);
  }

  #objectLike(type: ts.Type, depth: number): SchemaNode {
    const { checker } = this;
    const name = type.getSymbol()?.getName() ?? '';
    if (Object.hasOwn(known, name) && this.#isOfLanguage(type)) return known[name]!;
    if (checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference, depth);
    if (checker.isArrayType(type) || checker.isArrayLikeType(type)) {
      const item = checker.getIndexTypeOfType(type, this.compiler.IndexKind.Number);
      return { type: 'array', items: item ? this.#convert(item, depth + 1) : true };
    }
    const written = type.getProperty('toJSON');
    const [signature] = written ? checker.getTypeOfSymbol(written).getCallSignatures() : [];
    if (signature) return this.#convert(signature.getReturnType(), depth + 1);
    if (type.getCallSignatures().length > 0 && type.getProperties().length === 0) return false;
    return this.#reference(type);
  }

  #isOfLanguage(type: ts.Type): boolean {
    const files = type.getSymbol()?.declarations?.map((each) => each.getSourceFile().fileName) ?? [];
    return files.some((file) => /\/(?:typescript|@typescript\/\w+|@types\/node)\//.test(file));
  }

  #reference(type: ts.Type): SchemaNode {
    const held = this.#names.get(type);
    if (held !== undefined) return { $ref: schemaReference(held) };
    if (this.#names.size >= maxSchemas) return true;
    const told = type.aliasSymbol?.getName() ?? type.getSymbol()?.getName() ?? '';
    const base = told.replace(/[^A-Za-z0-9_.-]/g, '_') || 'object';
    const count = (this.#taken.get(base) ?? 0) + 1;
    this.#taken.set(base, count);
    const name = count === 1 ? base : `${base}$${count}`;
    this.#names.set(type, name);
    this.#pending.push(type);
    return { $ref: schemaReference(name) };
  }

  #object(type: ts.Type): SchemaNode {
    const { checker, compiler } = this;
    const properties: Record<string, SchemaNode> = Object.create(null);
    const required: string[] = [];
    for (const member of this.#membersOf(type)) {
      const declared = member.getName();
      if (declared.startsWith('__@') || declared === '__proto__') continue;
      const isOptional = (member.flags & compiler.SymbolFlags.Optional) !== 0;
      if (isOptional && this.reading.omit?.includes(declared)) continue;
      const schema = this.#member(checker.getTypeOfSymbol(member), declared, type);
      if (schema === false) continue;
      const name = this.#wireName(declared);
      properties[name] = this.#isDeprecated(member) ? deprecated(schema) : this.#described(schema, member);
      if (!isOptional && !this.#mayBeUndefined(checker.getTypeOfSymbol(member))) required.push(name);
    }
    const index = checker.getIndexInfoOfType(type, compiler.IndexKind.String);
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.#convert(index.type, 1) }),
    };
  }

  #described(schema: SchemaNode, member: ts.Symbol): SchemaNode {
    if (!this.reading.isExact) return schema;
    const words = this.compiler.displayPartsToString(member.getDocumentationComment(this.checker));
    const description = words.replace(/\s+/g, ' ').trim();
    return description === '' ? schema : { ...(schema === true ? {} : (schema as JsonSchema)), description };
  }

  /** The members of a type, those of what it extends first, as vendors' envelopes have them. */
  #membersOf(type: ts.Type): ts.Symbol[] {
    const own = new Map(this.checker.getPropertiesOfType(type).map((member) => [member.getName(), member]));
    const bases = type.isClassOrInterface() ? this.checker.getBaseTypes(type) : [];
    const names = bases.flatMap((base) => this.#membersOf(base).map((member) => member.getName()));
    return [...new Set([...names, ...own.keys()])].flatMap((name) => own.get(name) ?? []);
  }

  #member(type: ts.Type, name: string, owner: ts.Type): SchemaNode {
    const schema = this.#convert(type, 1);
    if (typeof schema === 'boolean') return schema;
    if (schema.type === 'integer' && withFractions.test(snakeCase(name))) return { ...schema, type: 'number' };
    const thing = name === 'id' ? this.#thingOf(owner) : null;
    return thing !== null && schema.type === 'string' ? { ...schema, idOf: thing } : schema;
  }

  /** Returns the name of an object's type where it has one as a literal: `object: 'charge'`. */
  #thingOf(type: ts.Type): string | null {
    const symbol = type.getProperty('object');
    const told = symbol && this.checker.getTypeOfSymbol(symbol);
    return told?.isStringLiteral() ? snakeCase(told.value) : null;
  }

  #union(type: ts.UnionType, depth: number): SchemaNode {
    const { TypeFlags } = this.compiler;
    const members = type.types.filter(({ flags }) => !(flags & (TypeFlags.Undefined | TypeFlags.Void)));
    const isNullable = members.some(({ flags }) => flags & TypeFlags.Null);
    const full = members.filter(({ flags }) => !(flags & TypeFlags.Null));
    const nodes = (this.reading.isExact ? null : this.#expandable(full)) ?? this.#branches(full, depth);
    if (isNullable) return withNull(nodes);
    if (nodes.length === 0) return false;
    return nodes.length === 1 ? nodes[0]! : { anyOf: nodes };
  }

  /** Returns an id that may be expanded to the thing itself: webhooks have the id. */
  #expandable(types: readonly ts.Type[]): JsonSchema[] | null {
    const { TypeFlags } = this.compiler;
    const [text, ...more] = types.filter(({ flags }) => flags & TypeFlags.String);
    const things = types.filter((each) => each.getProperty('id'));
    if (text === undefined || more.length > 0 || things.length === 0 || things.length + 1 !== types.length) return null;
    const [first] = things;
    const thing = this.#thingOf(first!) ?? snakeCase(first!.getSymbol()?.getName() ?? '');
    return [{ type: 'string', ...(thing !== '' && { idOf: thing }) }];
  }

  #branches(types: readonly ts.Type[], depth: number): JsonSchema[] {
    const made = types.flatMap((each) => {
      const schema = this.#convert(each, depth + 1);
      return schema === false ? [] : [schema === true ? {} : schema];
    });
    const values = made.flatMap((each) => ('const' in each ? [each.const] : []));
    const others = made.filter((each) => !('const' in each));
    // Any text, besides the known ones.
    const isOpen = others.some((each) => each.type === 'string') && values.some((each) => typeof each === 'string');
    const isBoolean = values.length === 2 && values.includes(true) && values.includes(false);
    const chosen: JsonSchema[] = isBoolean
      ? [{ type: 'boolean' }]
      : values.length > 0
        ? [values.length === 1 ? { const: values[0] } : { enum: values }]
        : [];
    const rest = isOpen ? others.filter((each) => each.type !== 'string') : others;
    return [...chosen, ...rest];
  }

  #template({ texts, types }: ts.TemplateLiteralType): SchemaNode {
    const escaped = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    const { TypeFlags } = this.compiler;
    const open = types.map(({ flags }) => (flags & TypeFlags.NumberLike ? '-?[0-9.]+' : '[^]*'));
    const invented = types.map(({ flags }) => (flags & TypeFlags.NumberLike ? '[1-9][0-9]{3}' : '[A-Za-z0-9]{16}'));
    const parts = this.reading.isExact ? open : invented;
    return { type: 'string', pattern: `^${escaped.map((text, at) => text + (parts[at] ?? '')).join('')}$` };
  }

  #tuple(type: ts.TupleTypeReference, depth: number): SchemaNode {
    const items = this.checker.getTypeArguments(type).map((each) => this.#convert(each, depth + 1));
    const { minLength, hasRestElement } = type.target as unknown as { minLength: number; hasRestElement: boolean };
    const rest = hasRestElement ? items.pop() : undefined;
    return {
      type: 'array',
      ...(items.length > 0 && { prefixItems: items }),
      items: rest ?? false,
      minItems: minLength,
      ...(rest === undefined && { maxItems: items.length }),
    };
  }

  #mayBeUndefined(type: ts.Type): boolean {
    const { Undefined } = this.compiler.TypeFlags;
    return type.isUnion() && type.types.some(({ flags }) => flags & Undefined);
  }

  #isDeprecated(symbol: ts.Symbol): boolean {
    return symbol.getJsDocTags(this.checker).some(({ name }) => name === 'deprecated');
  }

  #wireName(name: string): string {
    if (this.reading.names === 'snake_case') return /[A-Z]/.test(name) ? snakeCase(name) : name;
    if (this.reading.names === 'camelCase') return name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    return name;
  }
}

function deprecated(schema: SchemaNode): SchemaNode {
  return { ...(schema === true ? {} : (schema as JsonSchema)), deprecated: true };
}

function withNull(nodes: readonly JsonSchema[]): JsonSchema {
  const [only, ...more] = nodes;
  if (only === undefined) return { type: 'null' };
  if (more.length === 0 && Array.isArray(only.enum)) return { ...only, enum: [...only.enum, null] };
  if (more.length === 0 && typeof only.type === 'string' && only.$ref === undefined && only.type !== 'array') {
    return { ...only, type: [only.type, 'null'] };
  }
  return { anyOf: [...nodes, { type: 'null' }] };
}
