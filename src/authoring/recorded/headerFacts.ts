import type { RecordedFact } from '../../core/contract.js';
import { findHeader, type Header } from '../../core/delivery.js';
import type { Provider } from '../../core/provider.js';
import { divideHeaders } from '../../infer/notes.js';

/** Compares the headers of a recorded request with those of a description. */
export function headerFacts({ headers: described }: Provider, recorded: readonly Header[]): RecordedFact[] {
  const always = described.filter(([, value]) => typeof value === 'string' || 'each' in value).map(([name]) => name);
  const there = always.filter((name) => findHeader(recorded, name) !== undefined);
  const lacking = always.filter((name) => !there.includes(name));
  const sent = new Set(described.map(([name]) => name.toLowerCase()));
  const others = divideHeaders(recorded).own.flatMap(([name]) => (sent.has(name.toLowerCase()) ? [] : [name]));
  return [
    lacking.length > 0
      ? differs('header-names', `the request has no ${lacking.join(', ')}.`)
      : confirmed('header-names', there.join(', ')),
    letterCase(there, recorded),
    ...order(there, recorded),
    ...described.flatMap(([name, value]) => fixedValue(name, value, recorded)),
    ...(others.length > 0
      ? [differs('other-headers', `the request also has ${others.join(', ')}, which the description does not send.`)]
      : []),
  ];
}

function letterCase(names: readonly string[], recorded: readonly Header[]): RecordedFact {
  if (recorded.every(([name]) => name === name.toLowerCase()) && names.some((name) => name !== name.toLowerCase())) {
    return unproven('letter-case', 'all names are in small letters here, as HTTP/2 and many recorders write them.');
  }
  const wrong = names.flatMap((name) => {
    const [other] = recorded.find(([each]) => each.toLowerCase() === name.toLowerCase())!;
    return other === name ? [] : [`${other}, which the description writes ${name}`];
  });
  return wrong.length > 0
    ? differs('letter-case', `the request has ${wrong.join('; ')}.`)
    : confirmed('letter-case', 'of all these headers');
}

function order(names: readonly string[], recorded: readonly Header[]): RecordedFact[] {
  const all = recorded.map(([name]) => name.toLowerCase());
  if (names.length < 2) return [];
  const isSorted = all.every((name, at) => at === 0 || all[at - 1]! <= name);
  if (isSorted) return [unproven('header-order', 'the headers are sorted by name, as some recorders do.')];
  const known = names.map((name) => name.toLowerCase());
  const own = all.filter((name, at) => known.includes(name) && all.indexOf(name) === at);
  return own.join() === known.join()
    ? [confirmed('header-order', 'of these headers')]
    : [differs('header-order', `they come as ${own.join(', ')}.`)];
}

/** A header that has the same value in each delivery, such as the media type. */
function fixedValue(name: string, value: unknown, recorded: readonly Header[]): RecordedFact[] {
  const given = findHeader(recorded, name);
  if (typeof value !== 'string' || /[{}]/.test(value) || given === undefined) return [];
  const fact = name.toLowerCase();
  return [
    given === value
      ? confirmed(fact, value)
      : differs(fact, `the request has ${JSON.stringify(given)}, the description ${JSON.stringify(value)}.`),
  ];
}

/** Returns a fact that the recording shows. */
export function confirmed(fact: string, message: string): RecordedFact {
  return { fact, verdict: 'confirmed', message };
}

/** Returns a fact that is otherwise in the recording. */
export function differs(fact: string, message: string): RecordedFact {
  return { fact, verdict: 'differs', message };
}

/** Returns a fact that the recording can't show. */
export function unproven(fact: string, message: string): RecordedFact {
  return { fact, verdict: 'unproven', message };
}
