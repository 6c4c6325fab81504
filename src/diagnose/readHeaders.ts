import type { Header } from '../core/delivery.js';
import type { HeaderProblem } from '../core/diagnosis.js';
import { nearest } from '../core/nearest.js';
import { extract } from '../signing/extract.js';
import type { HeaderTemplate } from '../signing/templates.js';
import type { Reading } from './reading.js';

/** What the provider's headers tell of a request. */
export interface Told {
  /** Texts by the name that templates have for them: signatures, times, ids. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly HeaderProblem[];
}

const like = /sign|hmac|hash|digest|sha1|sha256|token|auth/i;
const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/^http[-_]/, '')
    .replaceAll('_', '-');

/** Names of headers that are there and may be the one that is missing: near in spelling, or a signature's by their look. */
export function nearNames(name: string, headers: readonly Header[]): string[] {
  const present = [...new Set(headers.map(([candidate]) => candidate))];
  const wanted = plain(name);
  const same = present.filter((candidate) => plain(candidate) === wanted || plain(candidate) === `x-${wanted}`);
  const near = nearest(name, present);
  const alike = present.filter((candidate) => like.test(candidate) && !/^authorization$/i.test(candidate));
  return [...new Set([...same, ...near, ...(like.test(name) ? alike : [])])].slice(0, 4);
}

/** Reads the values that a provider's headers tell, and what is wrong with the headers. */
export function readHeaders(templates: readonly HeaderTemplate[], reading: Reading): Told {
  const values = new Map<string, string[]>();
  const problems: HeaderProblem[] = [];
  for (const template of templates) {
    const wanted = template.name.toLowerCase();
    const texts = reading.request.headers.filter(([name]) => name.toLowerCase() === wanted).map(([, text]) => text);
    const problem = problemOf(template, texts, reading);
    if (problem) problems.push(problem);
    for (const text of texts) {
      for (const [name, value] of extract(template, text.trim()) ?? []) {
        const list = values.get(name) ?? [];
        if (!list.includes(value)) list.push(value);
        values.set(name, list);
      }
    }
  }
  return { values, problems };
}

function problemOf(
  template: HeaderTemplate,
  texts: readonly string[],
  { request, form }: Reading,
): HeaderProblem | null {
  const { name } = template;
  const problem = (kind: HeaderProblem['problem'], says: string, near: readonly string[] = []): HeaderProblem => ({
    header: name,
    problem: kind,
    says,
    near,
  });
  const [text] = texts;
  if (text === undefined) {
    const near = nearNames(name, request.headers);
    const there = near.length > 0 ? ` There is ${near.join(', ')}.` : '';
    return problem('missing', `The header ${name} is missing.${there}`, near);
  }
  if (texts.length > 1) return problem('doubled', `The header ${name} came ${texts.length} times; it must come once.`);
  if (text.trim() === '') return problem('empty', `The header ${name} is empty.`);
  if (/^\(secret [0-9a-f]{8}\)$/.test(text)) {
    return problem('masked', `The capture shows a fingerprint in place of the header ${name}. Give its value with -H.`);
  }
  if (extract(template, text) === null) {
    return problem('malformed', `The header ${name} has another form than the provider's, which is ${form(name)}.`);
  }
  return null;
}
