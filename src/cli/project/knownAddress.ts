import { checkPublicUrl } from '../../core/publicUrl.js';
import { parseTarget } from '../../core/target.js';

/** The address that `--url` says is signed: a whole one word for word, a short one as after `--to`. Throws a UsageError. */
export function knownAddress(text: string): string {
  const typed = text.trim();
  if (!/^https?:\/\//i.test(typed)) {
    const target = parseTarget(typed, []);
    return 'url' in target ? target.url : '';
  }
  checkPublicUrl(typed, '--url');
  return typed;
}
