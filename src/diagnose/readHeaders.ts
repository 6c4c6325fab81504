import type { Header } from '../core/delivery.js';
import type { HeaderProblem } from '../core/diagnosis.js';
import { isMask } from '../core/fingerprint.js';
import { nearest } from '../core/nearest.js';
import { parsedBody } from '../json/dialect.js';
import { allPaths, formatPath } from '../json/path.js';
import { extract } from '../signing/extract.js';
import type { Reading, TemplatePlace } from './reading.js';

/** The values and problems found in a provider's places in a request. */
export interface HeaderReading {
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
function nearNames(name: string, headers: readonly Header[]): string[] {
  const present = [...new Set(headers.map(([candidate]) => candidate))];
  const wanted = plain(name);
  const same = present.filter((candidate) => plain(candidate) === wanted || plain(candidate) === `x-${wanted}`);
  const near = nearest(name, present);
  const alike = present.filter((candidate) => like.test(candidate) && !/^authorization$/i.test(candidate));
  return [...new Set([...same, ...near, ...(like.test(name) ? alike : [])])].slice(0, 4);
}

/** Reads the values in a provider's headers, fields and parameters, and finds the faults of those. */
export function readHeaders(templates: readonly TemplatePlace[], reading: Reading): HeaderReading {
  const values = new Map<string, string[]>();
  const problems: HeaderProblem[] = [];
  for (const template of templates) {
    const texts = template.texts();
    const problem = reading.spared.includes(template.name) ? null : findProblem(template, texts, reading);
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

function findProblem(teller: TemplatePlace, texts: readonly string[], reading: Reading): HeaderProblem | null {
  const { name, kind, what } = teller;
  const { request, form } = reading;
  const problem = (found: HeaderProblem['problem'], says: string, near: readonly string[] = []): HeaderProblem => ({
    header: name,
    ...(kind !== 'header' && { place: kind }),
    problem: found,
    says,
    near,
  });
  const place = what.replace(/^t/, 'T');
  const [text] = texts;
  if (text === undefined) {
    const near =
      kind === 'header' ? nearNames(name, request.headers) : kind === 'field' ? nearFields(name, reading) : [];
    const there = near.length > 0 ? ` There is ${near.join(', ')}.` : '';
    return problem('missing', `${place} is missing.${there}`, near);
  }
  if (texts.length > 1) return problem('doubled', `${place} came ${texts.length} times; it must come once.`);
  if (text.trim() === '') return problem('empty', `${place} is empty.`);
  if (isMask(text)) {
    const way = kind === 'header' ? 'its value with -H' : `the ${kind === 'query' ? 'URL' : 'body'} with its value`;
    return problem('masked', `The capture shows a fingerprint in place of ${what}. Give ${way}.`);
  }
  if (extract(teller, text) === null) {
    return problem('malformed', `${place} has another form than the provider's, which is ${form(name)}.`);
  }
  return null;
}

/** Paths of the body that may be meant by one that is missing: near in spelling, or of the same last key. */
function nearFields(path: string, { request, provider }: Reading): string[] {
  const body = parsedBody(request.body, provider);
  if (body === undefined) return [];
  const present = allPaths(body).slice(0, 500).map(formatPath);
  const last = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const same = present.filter((candidate) => candidate.toLowerCase().split('.').at(-1) === last);
  const near = nearest(path, present).filter((candidate) => !path.startsWith(candidate));
  return [...new Set([...same, ...near])].slice(0, 4);
}
