import { checkPublicUrl } from '../../core/readUrl.js';
import { parseTarget } from '../../core/target.js';

/**
 * Parses an address that is said to be signed: a full one is kept verbatim, a short one is completed as a target's is. Throws a UsageError, where
 * `what` names it.
 */
export function parseSignedUrl(text: string, what: string): string {
  const typed = text.trim();
  if (!/^https?:\/\//i.test(typed)) {
    const target = parseTarget(typed, []);
    return 'url' in target ? target.url : '';
  }
  checkPublicUrl(typed, what);
  return typed;
}
