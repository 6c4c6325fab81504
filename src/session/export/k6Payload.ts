import { freshIdentity } from '../../core/identity.js';
import { readTime, type TimeKind } from '../../core/time.js';
import type { K6Moment } from '../../export/k6Script.js';
import type { CompiledPayload } from '../../payloads/compiled.js';
import { isExactNumber, literalTime, type Replacement } from '../../payloads/identityRenewal.js';
import type { K6Marks } from './k6Marks.js';
import { timeLike } from './k6Times.js';

/** A payload with marks in its holes. `now` is the time of the export. */
export function markHoles(payload: CompiledPayload, marks: K6Marks, now: number): Buffer {
  const { bytes, holes, eventTime, written = (text) => text } = payload;
  const anchor = eventTime === null ? null : readTime(eventTime).ms;
  const places = holes.flatMap(({ replacement, offsets }) => {
    const { mark, rest } = markReplacement(replacement, anchor, marks, now);
    const { length } = written(replacement.literal);
    return offsets.map((start) => ({ start, end: start + length, text: mark + written(rest) }));
  });
  places.sort((one, other) => one.start - other.start);
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, text } of places) {
    pieces.push(bytes.subarray(at, start), Buffer.from(text, 'latin1'));
    at = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(at)]);
}

/** Returns the mark of a time that is written as another text, and what follows it. */
export function markTime(
  hint: string,
  { like, kind, moment }: { like: string; kind: TimeKind; moment: K6Moment },
  marks: K6Marks,
): { readonly mark: string; readonly rest: string } {
  const { rest, ...time } = timeLike(like, kind, moment);
  const isWord = time.form === 'seconds' || time.form === 'milliseconds' || time.form === 'basic' || time.length <= 10;
  return { mark: marks.constant(hint, { kind: 'time', ...time }, isWord ? 'word' : 'plain'), rest };
}

function markReplacement(replacement: Replacement, anchor: number | null, marks: K6Marks, now: number) {
  const { ms, at } = literalTime(replacement);
  const moved = (from: number): K6Moment =>
    anchor === null ? { from: '1970', ms: from } : { from: 'now', ms: from - anchor };
  if (replacement.type === 'time') {
    return markTime('time', { like: replacement.literal, kind: replacement.kind, moment: moved(ms) }, marks);
  }
  const { literal, identity } = replacement;
  const moment = at ? { ...moved(at.ms), whole: { unit: at.unit, shift: ms - at.ms } } : moved(ms);
  const { kind, pattern } = identity;
  // In the course of years a snowflake becomes longer.
  const isLonger =
    kind === 'snowflake' &&
    freshIdentity({ kind, length: literal.length, ms: now }, { uint32: () => 0 }).length !== literal.length;
  const recipe = {
    kind: 'id',
    id: isLonger ? 'digits' : kind,
    length: literal.length,
    pattern,
    moment,
    isExact: isExactNumber(replacement),
  } as const;
  return { mark: marks.constant('id', recipe, /^[\w*.#@-]*$/.test(pattern ?? '') ? 'word' : 'any', literal), rest: '' };
}
