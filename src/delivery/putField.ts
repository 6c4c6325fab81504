import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { JsonTemplateKind } from '../core/scheme.js';
import { parsedBody, writeJson } from '../json/dialect.js';
import { formOf } from '../json/form.js';
import { FormBody } from '../json/formBody.js';
import { readJson } from '../json/parse.js';
import { type PathStep, parsePath, unsetPath } from '../json/path.js';
import { asLatin1, splice } from '../json/span.js';

/** Puts a text or number into its place in a body. Throws a UsageError where the body has none. */
export function putField(provider: Provider, body: Uint8Array, path: string, { text, kind }: FieldText): Uint8Array {
  const form = formOf(provider.dialect);
  const changed = form
    ? FormBody.read(body, form)?.withText(parsePath(path), { text, kind })
    : spliced(body, parsePath(path), fieldJson(provider, path, { text, kind }));
  if (changed) return changed;
  throw new UsageError(
    'NO_PLACE',
    `${provider.title} puts a value of each delivery into ${path}, and the body has no such field. Add it, with any value, such as "".`,
  );
}

/** The content of a field: its text, and the JSON type that this becomes. */
export interface FieldText {
  readonly text: string;
  readonly kind: JsonTemplateKind;
}

/** Writes a text, number or other value as a body has it, in bytes of Latin-1. Throws a UsageError for an invalid one. */
export function fieldJson(provider: Provider, path: string, { text, kind }: FieldText): string {
  if (kind === 'number' && !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new UsageError('BAD_FIELD', `${provider.name}: the field ${path} is not a number but "${text}".`);
  }
  if (kind === 'json' && readJson(Buffer.from(text)) === undefined) {
    throw new UsageError('BAD_FIELD', `${provider.name}: the field ${path} is not JSON but "${text}".`);
  }
  return kind === 'text' ? asLatin1(writeJson(text, provider.dialect)) : asLatin1(text);
}

/** The body without a field, for the forgery that leaves it out. */
export function withoutField(provider: Provider, body: Uint8Array, path: string): Uint8Array {
  const form = formOf(provider.dialect);
  if (form) return FormBody.read(body, form)?.without(parsePath(path)) ?? body;
  const parsed = parsedBody(body, provider);
  if (parsed === undefined) return body;
  unsetPath(parsed, parsePath(path));
  return Buffer.from(writeJson(parsed, provider.dialect));
}

function spliced(body: Uint8Array, steps: readonly PathStep[], json: string): Uint8Array | null {
  return splice(body, steps, () => json);
}
