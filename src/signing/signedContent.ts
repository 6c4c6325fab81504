import { renderTemplate, type Template } from '../core/template.js';
import type { SignedContent } from './signContent.js';
import type { SignatureTemplate } from './templates.js';

/** What a signature is over that data says, each name of its templates replaced by what `value` says of it; for a token, its claims as JSON. */
export function signedContent(
  { options, content, claims }: SignatureTemplate,
  value: (name: string) => string | Uint8Array,
): SignedContent {
  if (options.scheme !== 'jwt') return piecesOf(content, value);
  const members = claims.map(({ name, template, isNumber }) => {
    const text = renderTemplate(template, (part) => String(value(part)));
    return [name, isNumber ? Number(text) : text];
  });
  return [JSON.stringify(Object.fromEntries(members))];
}

/** A template's pieces; texts that stand side by side are one, for each piece that is hashed costs. */
function piecesOf(content: Template, value: (name: string) => string | Uint8Array): SignedContent {
  const pieces: (string | Uint8Array)[] = [];
  let text = '';
  for (const part of content) {
    const piece = 'name' in part ? value(part.name) : part.text;
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    if (text !== '') pieces.push(text);
    text = '';
    pieces.push(piece);
  }
  if (text !== '') pieces.push(text);
  return pieces;
}
