import type { Header, ReceivedRequest } from '../core/delivery.js';
import { textMistakes } from './hypotheses/mistakes.js';
import type { Cause } from './hypothesis.js';
import type { Reading } from './reading.js';

/** A request with headers under a provider's names that were received under others. */
export interface RenamedRequest {
  readonly request: ReceivedRequest;
  readonly because: Cause;
}

const maxRenamings = 6;

/** A name as CGI, WSGI and PHP leave it, without the characters that they change. */
const canonical = (name: string) =>
  name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^(?:redirect-)?http-/, '');

/** Yields the ways in which the missing headers of a provider's scheme may have been renamed together. */
export function renameHeaders(reading: Reading): RenamedRequest[] {
  const { request, needed, provider } = reading;
  const wanted = needed.filter(({ kind }) => kind === 'header').map(({ name }) => name);
  const missing = needed.filter(({ kind, texts }) => kind === 'header' && texts().length === 0).map(({ name }) => name);
  if (missing.length === 0 || (missing.length === 1 && wanted.length > 1 && !hasCanonical(missing[0]!, request)))
    return [];
  const received = request.headers.filter(([, text]) => text.length <= 8192).slice(0, 200);
  const found: RenamedRequest[] = [];
  const seen = new Set<string>();
  for (const rename of renamings(wanted, received)) {
    const pairs = missing.flatMap((name) => {
      const header = received.find(([candidate]) => rename(canonical(name)).includes(canonical(candidate)));
      return header ? [[name, header] as const] : [];
    });
    const names = pairs.map(([name, [other]]) => `${other} for ${name}`).join(', ');
    if (pairs.length < missing.length || seen.has(names)) continue;
    seen.add(names);
    const headers = [...request.headers, ...pairs.map(([name, [, text]]): Header => [name, text])];
    const facts = { provider: provider.title, detail: names };
    found.push({
      request: { ...request, headers },
      because: { mistake: textMistakes.headersRenamed, dimension: 'header', facts },
    });
    if (found.length >= maxRenamings) break;
  }
  return found;
}

function hasCanonical(name: string, { headers }: ReceivedRequest): boolean {
  return headers.some(([other]) => canonical(other) === canonical(name));
}

/** Functions that give the names under which a header may have come, the likeliest first. */
function* renamings(wanted: readonly string[], received: readonly Header[]): Generator<(name: string) => string[]> {
  yield (name) => [name];
  yield (name) => [`x-${name}`, name.replace(/^x-/, '')];
  const names = wanted.map(canonical);
  const stem = names.length > 1 ? commonStart(names) : '';
  const last = names.at(-1)!;
  for (const start of new Set([stem, ''])) {
    const tail = last.slice(start.length);
    for (const [other] of received) {
      const candidate = canonical(other);
      if (!candidate.endsWith(tail) || candidate === last) continue;
      const prefix = candidate.slice(0, candidate.length - tail.length);
      if (prefix === '' || prefix.endsWith('-')) yield (name) => [prefix + name.slice(start.length)];
    }
  }
}

/** The beginning that names share, up to a hyphen. */
function commonStart(names: readonly string[]): string {
  const [first = ''] = names;
  let end = first.lastIndexOf('-') + 1;
  while (end > 0 && !names.every((name) => name.startsWith(first.slice(0, end))))
    end = first.lastIndexOf('-', end - 2) + 1;
  return first.slice(0, end);
}
