import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { parsedBody, writeJson } from '../json/dialect.js';
import { formOf } from '../json/form.js';
import { FormBody } from '../json/formBody.js';
import { type PathStep, parsePath, unsetPath } from '../json/path.js';
import { asLatin1, splice } from '../json/span.js';

/** The body with a text or number in the place that it has for it. Throws a UsageError where it has none. */
export function putField(
  provider: Provider,
  body: Uint8Array,
  path: string,
  { text, isNumber }: { readonly text: string; readonly isNumber: boolean },
): Uint8Array {
  const form = formOf(provider.dialect);
  const changed = form
    ? FormBody.read(body, form)?.withText(parsePath(path), { text, isNumber })
    : spliced(body, parsePath(path), fieldJson(provider, path, { text, isNumber }));
  if (changed) return changed;
  throw new UsageError(
    'NO_PLACE',
    `${provider.title} puts a value of each delivery into ${path}, and the body has no such field. Add it, with any value, such as "".`,
  );
}

/** A text or number as a body has it, in bytes of Latin-1. Throws a UsageError for what is no number. */
export function fieldJson(
  provider: Provider,
  path: string,
  { text, isNumber }: { readonly text: string; readonly isNumber: boolean },
): string {
  if (isNumber && !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new UsageError('BAD_FIELD', `${provider.name}: the field ${path} is not a number but "${text}".`);
  }
  return isNumber ? text : asLatin1(writeJson(text, provider.dialect));
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
