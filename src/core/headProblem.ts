import type { IncomingMessage } from 'node:http';
import type { HeadProblem } from './listened.js';
import { readUrl } from './readUrl.js';

/** Each in words. */
export const headProblems: Readonly<Record<HeadProblem, string>> = {
  'two hosts': 'it has two Host headers',
  'other host': 'its request line names another host than its Host header',
  'transfer coding': 'its Transfer-Encoding is another than chunked',
  'behind another': 'it follows an ambiguous request on the same connection',
};

/** Connections on which an ambiguous request came: what follows on them may be its body. */
const spoiled = new WeakSet<object>();

/** Finds an ambiguity in the head of a received request; null where there is none. Leaves out all that `node:http` itself rejects. */
export function findHeadProblem({ rawHeaders, url = '/', socket }: IncomingMessage): HeadProblem | null {
  if (spoiled.has(socket)) return 'behind another';
  const problem = findAmbiguity(rawHeaders, url);
  if (problem !== null) spoiled.add(socket);
  return problem;
}

function findAmbiguity(rawHeaders: readonly string[], url: string): HeadProblem | null {
  const valuesOf = (name: string) =>
    rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]!.toLowerCase() === name);
  const hosts = valuesOf('host');
  if (hosts.length > 1) return 'two hosts';
  if (valuesOf('transfer-encoding').some((coding) => coding.toLowerCase() !== 'chunked')) return 'transfer coding';
  if (url.startsWith('/') || url === '*') return null;
  const [named, own] = [readUrl(url), readUrl(`http://${hosts[0] ?? ''}/`)];
  return named !== null && named.host === own?.host ? null : 'other host';
}
