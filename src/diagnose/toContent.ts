import type { Template } from '../core/template.js';
import { receivedTexts } from '../delivery/requestVariables.js';
import { type SignedContent, signContent } from '../signing/signContent.js';
import type { ContentChange } from './hypotheses/contentFacts.js';
import type { Reading } from './reading.js';
import type { ContentMaker } from './search.js';

/** Returns a builder of a plan's signed content: from its own values, then those of the request. */
export function toContent(
  plan: ContentChange,
  { reading, values }: { reading: Reading; values: ReadonlyMap<string, string> },
): ContentMaker {
  const { request, signatures } = reading;
  const address = receivedTexts(request.method, request.url);
  return (body, key) => {
    const piece = (name: string): string | Uint8Array | undefined => {
      const inner = signatures.get(name);
      if (inner) {
        const content = pieces(inner.content);
        return content && signContent(inner.options, key.key, content);
      }
      const own = plan.values.get(name);
      if (own !== undefined) return own;
      if (name === 'body') return body;
      if (name === 'secret') return key.secret;
      if (name === '@content-length') return String(body.length);
      return address.get(name) ?? reading.read(name, body) ?? values.get(name);
    };
    const pieces = (template: Template): SignedContent | undefined => {
      const pieces = template.map((part) => ('text' in part ? part.text : piece(part.name)));
      return pieces.every((part) => part !== undefined) ? pieces : undefined;
    };
    return pieces(plan.template);
  };
}
