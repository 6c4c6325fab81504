import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { SchemeOptions } from '../core/scheme.js';
import { parseTemplate, type Template } from '../core/template.js';

/** A header of a provider with its templates read. */
export interface HeaderTemplate {
  readonly name: string;
  /** What stands once, before the repeated part; empty for a value that is not repeated. */
  readonly head: Template;
  readonly each: Template;
  /** What stands between the repetitions, one for each secret; null where the value is not repeated. */
  readonly join: string | null;
}

/** A signature of a provider with the template of its content read. */
export interface SignatureTemplate {
  readonly options: SchemeOptions;
  readonly content: Template;
}

/** The names that every template may hold. */
export const givenNames = ['body', 'event', 'method', 'url', 'secret'];

/** The names that a provider's templates may hold. */
export function templateVocabulary(provider: Provider): string[] {
  return [...givenNames, ...Object.keys(provider.values), ...Object.keys(provider.signatures)];
}

/** Reads the templates of a provider's headers, in order. Throws a UsageError for a bad one. */
export function readHeaderTemplates(provider: Provider): HeaderTemplate[] {
  const known = templateVocabulary(provider).filter((name) => name !== 'body');
  return provider.headers.map(([name, spec]) => {
    const what = `${provider.name}: header ${name}`;
    if (typeof spec === 'string') return { name, head: [], each: parseTemplate(spec, known, what), join: null };
    const head = parseTemplate(spec.head ?? '', known, what);
    const last = head.at(-1);
    if (spec.join === '' || (last && 'name' in last)) {
      throw new UsageError(
        'BAD_TEMPLATE',
        `${what}: nothing separates the repeated parts. "join" must not be empty, and "head" must end in text.`,
      );
    }
    return { name, head, each: parseTemplate(spec.each, known, what), join: spec.join };
  });
}

/**
 * Reads the templates of what a provider signs. The content of a signature may name the signatures above it,
 * so that none can depend on itself. Throws a UsageError for a bad template.
 */
export function readSignatureTemplates(provider: Provider): Map<string, SignatureTemplate> {
  const known = [...givenNames, ...Object.keys(provider.values)];
  const templates = new Map<string, SignatureTemplate>();
  for (const [name, options] of Object.entries(provider.signatures)) {
    templates.set(name, {
      options,
      content: parseTemplate(options.content, known, `${provider.name}: content of ${name}`),
    });
    known.push(name);
  }
  return templates;
}
