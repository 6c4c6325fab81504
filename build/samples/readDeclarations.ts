import { dirname, join, resolve } from 'node:path';
import type ts from 'typescript';
import { flattenSchema } from '../../src/samples/flattenSchema.js';
import type { SchemaNode } from '../../src/samples/jsonSchema.js';
import { nameEvents } from '../../src/spec/nameEvents.js';
import type { Specification, UnnamedEvent } from '../../src/spec/specification.js';
import { type TypeReading, TypeSchemas } from './typeSchemas.js';

/** The declarations that describe events. */
export interface Declarations extends TypeReading {
  /** A package, or the path of a file of declarations. */
  readonly types: string;
  /** Types of the module: unions of events, maps of events by name, or single events as `order.paid=OrderPaid`. */
  readonly type: readonly string[];
  /** The path in the body that holds the event's name, where that is not at its top: `event.type`. */
  readonly eventAt?: string;
  /** The folder from which packages are found. */
  readonly from: string;
}

/** The input of samples. */
export type DescribedEvents = Pick<Specification, 'events' | 'set' | 'eventAt' | 'problems'>;

/** Reads the events of a vendor's declarations with the compiler. Throws an error for types that are not there. */
export function readDeclarations(compiler: typeof ts, declarations: Declarations): DescribedEvents {
  const { program, file } = compile(compiler, declarations);
  const checker = program.getTypeChecker();
  const schemas = new TypeSchemas(compiler, checker, declarations);
  const aliases = file.statements.filter(compiler.isTypeAliasDeclaration);
  const events = declarations.type.flatMap((text, at) => {
    const { name, written } = readAsked(text);
    const found = [aliases[2 * at]!, aliases[2 * at + 1]!].map((alias) => checker.getTypeAtLocation(alias));
    const type = found.find(({ flags }) => !(flags & (compiler.TypeFlags.Any | compiler.TypeFlags.Never)));
    if (type === undefined) throw new Error(`${declarations.types} has no type ${written}.`);
    if (name !== null) return [eventOf(name, written, schemas.schemaOf(type))];
    return membersOf(type, checker).map(([key, member]) => eventOf(key ?? written, written, schemas.schemaOf(member)));
  });
  const { set } = schemas;
  if (declarations.eventAt !== undefined) return { ...nameByPath(events, declarations.eventAt, set), set };
  const isNamed = declarations.type.every((text) => /^[^<=]+=/.test(text));
  const named = nameEvents(events, set);
  const isByKey = events.every(({ key }) => /[._:/-]/.test(key)) && named.eventAt === null;
  const kept = isNamed || isByKey ? events.map(({ key, operationId: _, ...rest }) => ({ ...rest, name: key })) : null;
  return { ...named, ...(kept && { events: kept }), set };
}

/** `order.paid=OrderPaid`, or a type alone. */
function readAsked(text: string): { readonly name: string | null; readonly written: string } {
  const [, name = null, written = text] = /^([^<=]+)=(.*)$/.exec(text) ?? [];
  return { name, written };
}

/** Looks up each type among the exports of the module, and in its default export: `Stripe.Event`. */
function compile(compiler: typeof ts, { types, type, from }: Declarations) {
  const name = join(from, 'asked-types.ts');
  const specifier = /^[./]/.test(types) ? resolve(types).replace(/(?:\.d)?\.([cm]?)ts$/, '.$1js') : types;
  const text = type.flatMap((each, at) => {
    const { written: asked } = readAsked(each);
    return [
      `// @ts-ignore\nexport type Direct${at} = entry.${asked};`,
      `// @ts-ignore\nexport type Below${at} = entry.default.${asked.replace(/^\w+\./, '')};`,
    ];
  });
  const source = [`import type * as entry from '${specifier}';`, ...text].join('\n');
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: compiler.ModuleKind.NodeNext,
    moduleResolution: compiler.ModuleResolutionKind.NodeNext,
    target: compiler.ScriptTarget.ES2022,
    types: [],
    // The browser's library is large, and none of its types are sent.
    lib: ['lib.es2022.d.ts'],
  };
  const host = compiler.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  host.readFile = (file) => (file === name ? source : readFile.call(host, file));
  host.getSourceFile = (file, language, ...more) =>
    file === name
      ? compiler.createSourceFile(file, source, language, true)
      : getSourceFile.call(host, file, language, ...more);
  host.getCurrentDirectory = () => dirname(name);
  const program = compiler.createProgram({ rootNames: [name], options, host });
  const file = program.getSourceFile(name)!;
  const [missing] = program.getSemanticDiagnostics(file).filter(({ code }) => code === 2307);
  if (missing) throw new Error(compiler.flattenDiagnosticMessageText(missing.messageText, '\n'));
  return { program, file };
}

/** The events of a type: the members of a union, or of a map from names to objects; else the type itself. */
function membersOf(type: ts.Type, checker: ts.TypeChecker): (readonly [name: string | null, type: ts.Type])[] {
  const nameOf = (each: ts.Type) => each.aliasSymbol?.getName() ?? each.getSymbol()?.getName() ?? null;
  if (type.isUnion()) return type.types.map((each) => [nameOf(each), each]);
  const members = checker
    .getPropertiesOfType(type)
    .map((member) => [member.getName(), checker.getTypeOfSymbol(member)]);
  const isMap = members.length > 1 && members.every(([name]) => /^[A-Za-z]\w*[._:/-]/.test(name as string));
  return isMap ? (members as [string, ts.Type][]) : [[nameOf(type), type]];
}

function eventOf(key: string, written: string, schema: SchemaNode): UnnamedEvent {
  return {
    key,
    operationId: null,
    title: null,
    trigger: null,
    place: written,
    method: 'POST',
    mediaType: 'application/json',
    headers: [],
    successes: [],
    security: [],
    schema,
  };
}

/** Names events by the values of a field further down. */
function nameByPath(events: readonly UnnamedEvent[], path: string, set: DescribedEvents['set']) {
  const steps = path.split('.');
  const named = events.flatMap(({ key, operationId: _, ...rest }) => {
    let nodes: readonly SchemaNode[] = [rest.schema];
    for (const step of steps) nodes = flattenSchema(nodes, set).properties.get(step) ?? [];
    const values = flattenSchema(nodes, set).values?.filter((value) => typeof value === 'string') ?? [];
    const telling = (value: string) =>
      [...steps]
        .reverse()
        .reduce<SchemaNode>((inner, step) => ({ type: 'object', properties: { [step]: inner }, required: [step] }), {
          const: value,
        });
    return values.map((value) => ({
      ...rest,
      name: value as string,
      schema: { allOf: [rest.schema, telling(value as string)] } as SchemaNode,
    }));
  });
  const seen = new Set<string>();
  const unique = named.filter(({ name }) => !seen.has(name) && seen.add(name));
  const problems =
    events.length > 0 && named.length === 0 ? [{ place: path, message: 'no event tells its name there.' }] : [];
  return { events: unique, eventAt: path, problems };
}
