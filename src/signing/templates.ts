import { UsageError } from '../core/errors.js';
import { memoize } from '../core/memoize.js';
import type { Provider } from '../core/provider.js';
import {
  type DataScheme,
  type JsonTemplate,
  type JsonTemplateKind,
  jsonTemplateKind,
  type OccasionalHeader,
  type SchemeOptions,
  templateSource,
} from '../core/scheme.js';
import { contentSources, coverageOf, signsByFunction } from '../core/schemeFacts.js';
import { parseTemplate, type Template, templateNames } from '../core/template.js';
import { partName, wirePlaces } from '../core/wireName.js';
import { type JsonTree, readJsonTree, templatesIn } from './jsonTemplate.js';
import { baseNames, queryParameterName } from './messageSignature.js';

type Signatures = Pick<Provider, 'signatures'>;

/** The names of the signatures that functions make, and of those that sign one of these. */
export function customSignatureNames({ signatures }: Signatures): string[] {
  const names: string[] = [];
  for (const [name, options] of Object.entries(signatures)) {
    const signs = (other: string) => contentSources(options).some((content) => content.includes(`{${other}}`));
    if (options.scheme === 'custom' || names.some(signs)) names.push(name);
  }
  return names;
}

/**
 * Returns why a field of the body or a part of the query can't hold a template: it names a value that a function computes from the whole; null where
 * it can.
 */
export function unplaceableReason(
  provider: Signatures & Pick<Provider, 'dialect' | 'body'>,
  part: 'fields' | 'query',
  template: JsonTemplate,
): string | null {
  if (!signsByFunction(provider)) return null;
  const text = templateSource(template);
  const { dialect, body, signatures } = provider;
  const isQuery = typeof dialect === 'object' ? dialect.kind === 'query' : dialect === 'query';
  const name = customSignatureNames(provider).find((candidate) => text.includes(`{${candidate}}`));
  if (name === undefined) return null;
  if (part === 'query' || isQuery)
    return `can't hold {${name}}: a function makes it, which is given the whole URL, of which this is a part. Put it into a header.`;
  const options = signatures[name]!;
  const isBody = body?.includes(`{${name}}`) === true || (options.scheme === 'custom' && options.open !== undefined);
  return isBody ? `can't hold {${name}}: a function makes it of the whole body. Name it in body.` : null;
}

/** A header of a provider with its templates read. */
export interface HeaderTemplate {
  readonly name: string;
  /** The part before the repetitions; empty for a value that is not repeated. */
  readonly head: Template;
  readonly each: Template;
  /** The separator between the repetitions, one for each secret; null where the value is not repeated. */
  readonly join: string | null;
  /** The deliveries that have it, if not all. */
  readonly on?: OccasionalHeader['on'];
}

/** A template that is written into JSON under a name: the path of a field, or a claim. */
export interface NamedTemplate {
  readonly name: string;
  readonly template: Template;
  readonly kind: JsonTemplateKind;
}

/** A signature of a provider with the templates of its content read. */
export interface SignatureTemplate<Options = SchemeOptions> {
  readonly options: Options;
  /** Empty for a function, and for a token unless one template writes all of its claims. */
  readonly content: Template;
  /** The claims of a token; null for all others, and where one template writes all of them. */
  readonly claims: JsonTree | null;
  /** The names of what a function is given, and so may sign; empty for all others. */
  readonly given: readonly string[];
}

/** Returns whether a signature is described by data alone, without a function. */
export function isData(signature: SignatureTemplate): signature is SignatureTemplate<DataScheme> {
  return signature.options.scheme !== 'custom';
}

/** The names that every template may hold; `query` is empty or begins with "?". */
export const givenNames = ['body', 'event', 'method', 'url', 'host', 'path', 'query', 'secret'];

/** The names that a provider's templates may hold. */
export function templateVocabulary(provider: Provider): string[] {
  return [...givenNames, ...Object.keys(provider.values), ...Object.keys(provider.signatures)];
}

/** Returns the names that reveal the secret: itself, and mere encodings of it. */
export function revealingNames({ signatures }: Provider): string[] {
  const names = ['secret'];
  for (const [name, options] of Object.entries(signatures)) {
    if (options.scheme === 'encoded' && names.some((known) => options.content.includes(`{${known}}`))) names.push(name);
  }
  return names;
}

/** Reads the templates of a provider's headers, in order. Throws a UsageError for a bad one. */
export const readHeaderTemplates = memoize((provider: Provider): readonly HeaderTemplate[] => {
  const known = templateVocabulary(provider).filter((name) => name !== 'body');
  const parts = wirePlaces(provider).headers.map((name) => name.toLowerCase());
  return provider.headers.map(([name, spec]) => {
    const what = `${provider.name}: header ${name}`;
    const part = parts.indexOf(name.toLowerCase());
    const read = (text: string) => withPart(parseTemplate(text, known, what), part);
    if (typeof spec === 'string') return { name, head: [], each: read(spec), join: null };
    if ('value' in spec) return { name, head: [], each: read(spec.value), join: null, on: spec.on };
    const head = read(spec.head ?? '');
    const last = head.at(-1);
    if (spec.join === '' || (last && 'name' in last)) {
      throw new UsageError(
        'BAD_TEMPLATE',
        `${what}: nothing separates the repeated parts. "join" must not be empty, and "head" must end in text.`,
      );
    }
    return { name, head, each: read(spec.each), join: spec.join };
  });
});

/** Returns a template for a part of the event's name; -1 is the whole name. */
function withPart(template: Template, part: number): Template {
  if (part < 0) return template;
  return template.map((piece) => ('name' in piece && piece.name === 'event' ? { name: partName(part) } : piece));
}

/**
 * Reads the templates of what a provider signs. The content of a signature may name the signatures above it,
 * so that none can depend on itself. Throws a UsageError for a bad template.
 */
export const readSignatureTemplates = memoize((provider: Provider): ReadonlyMap<string, SignatureTemplate> => {
  const known = [...givenNames, ...Object.keys(provider.values)];
  const templates = new Map<string, SignatureTemplate>();
  for (const [name, options] of Object.entries(provider.signatures)) {
    const content = 'content' in options ? options.content : 'claims' in options ? options.claims : '';
    const isText = typeof content === 'string';
    const covered = coverageOf(options)?.components.flatMap((component) => queryParameterName(component) ?? []);
    const names = covered ? [...known, ...baseNames, ...covered] : known;
    templates.set(name, {
      options,
      content: isText ? parseTemplate(content, names, `${provider.name}: content of ${name}`) : [],
      claims: isText ? null : readJsonTree(content, known, `${provider.name}: claim of ${name},`),
      given: options.scheme === 'custom' ? ['body', 'event', 'method', 'url', ...Object.keys(provider.values)] : [],
    });
    known.push(name);
  }
  return templates;
});

/** Reads the templates of the fields that each delivery fills. Throws a UsageError for a bad one. */
export const readFieldTemplates = memoize((provider: Provider): readonly NamedTemplate[] => {
  assertNoFunctions(provider, 'fields', 'field');
  const known = without(provider, ['body']);
  return readNamed(provider.fields ?? [], known, `${provider.name}: field`);
});

/** Reads the template of the body; null where that is the payload. Throws a UsageError for a bad one. */
export const readBodyTemplate = memoize((provider: Provider): Template | null => {
  const { body, name } = provider;
  return body === undefined ? null : parseTemplate(body, without(provider, ['body']), `${name}: body`);
});

/** Reads the templates of the query parameters that are added. Throws a UsageError for a bad one. */
export const readQueryTemplates = memoize((provider: Provider): readonly NamedTemplate[] => {
  assertNoFunctions(provider, 'query', 'query parameter');
  const known = without(provider, ['url', 'query']);
  return readNamed(provider.query ?? [], known, `${provider.name}: query parameter`);
});

/** Throws a UsageError for a function that is given what its own signature would be part of. */
function assertNoFunctions(provider: Provider, part: 'fields' | 'query', what: string): void {
  for (const [name, spec] of provider[part] ?? []) {
    const reason = unplaceableReason(provider, part, spec);
    if (reason) throw new UsageError('BAD_TEMPLATE', `${provider.name}: ${what} ${name} ${reason}`);
  }
}

function without(provider: Provider, names: readonly string[]): string[] {
  return templateVocabulary(provider).filter((name) => !names.includes(name));
}

function readNamed(
  specs: readonly (readonly [name: string, value: JsonTemplate])[],
  known: readonly string[],
  what: string,
): NamedTemplate[] {
  return specs.map(([name, value]) => {
    const template = parseTemplate(templateSource(value), known, `${what} ${name}`);
    return { name, template, kind: jsonTemplateKind(value) };
  });
}

/** The names that a signature's content holds. */
export function contentNames({ content, claims, given }: SignatureTemplate): string[] {
  const claimed = claims ? templatesIn(claims).flatMap(({ template }) => templateNames(template)) : [];
  return [...given, ...templateNames(content), ...claimed];
}
