import { renderTemplate } from '../core/template.js';
import type { SignedContent } from './signContent.js';
import type { SignatureTemplate } from './templates.js';

/** What a signature is over that data says, each name of its templates replaced by what `value` says of it; for a token, its claims as JSON. */
export function signedContent(
  { options, content, claims }: SignatureTemplate,
  value: (name: string) => string | Uint8Array,
): SignedContent {
  if (options.scheme !== 'jwt') return content.map((part) => ('name' in part ? value(part.name) : part.text));
  const members = claims.map(({ name, template, isNumber }) => {
    const text = renderTemplate(template, (part) => String(value(part)));
    return [name, isNumber ? Number(text) : text];
  });
  return [JSON.stringify(Object.fromEntries(members))];
}
