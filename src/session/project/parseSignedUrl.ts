import { checkPublicUrl } from '../../core/readUrl.js';
import { parseTarget } from '../../core/target.js';

/** The address that is said to be signed: a whole one word for word, a short one as one that is sent to. Throws a UsageError, where `what` names it. */
export function parseSignedUrl(text: string, what: string): string {
  const typed = text.trim();
  if (!/^https?:\/\//i.test(typed)) {
    const target = parseTarget(typed, []);
    return 'url' in target ? target.url : '';
  }
  checkPublicUrl(typed, what);
  return typed;
}
