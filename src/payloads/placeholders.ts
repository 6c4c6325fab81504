import { readDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { freshIdentity } from '../core/identity.js';
import { unknownName } from '../core/nearest.js';
import type { Random } from '../core/random.js';
import { formatTime, formatTimeLike, timeKindOf } from '../core/time.js';

// What a form writes as %22 ends there, though it ends in a digit.
const edge = { before: '(?:(?<![A-Za-z0-9])|(?<=%[0-9A-F]{2}))(?<!\\d\\.)', after: '(?![A-Za-z0-9])(?!\\.\\d)' };

/** Returns a pattern that finds texts as whole words and numbers; of several the longest. At least one text. */
export function literalFinder(texts: readonly string[]): RegExp {
  const escaped = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const firsts = new Set(texts.map((text) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`));
  // The lookbehind is tried only where a text may begin: a tenth of the time.
  return new RegExp(`(?=[${[...firsts].join('')}])${edge.before}(?:${escaped.join('|')})${edge.after}`, 'g');
}

/** Values for placeholders from their delivery. */
export interface PlaceholderContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
  /** From 1, one more for each delivery of the event. */
  readonly sequence: number;
}

/** A trial context, to find out whether placeholders are valid. */
export const trialContext: PlaceholderContext = { now: 0, random: { uint32: () => 0 }, sequence: 1 };

type Part = string | ((context: PlaceholderContext, old: unknown) => string);

/** The text of an edit with placeholders: pieces of text and what is between them. */
export type Placeholders = readonly Part[];

const names = ['uuid', 'now', 'seq', 'hex:8', 'now+1h', 'now-1h'];

/** The kind of text with placeholders, and how it escapes braces. */
export interface PlaceholderPlace {
  readonly name: string;
  readonly literally: string;
}

/** The place of an edit, by the name of its option. */
export function editPlace(name: string): PlaceholderPlace {
  return { name, literally: 'for braces as they are write path:="text".' };
}

/** Reads the `{{…}}` of a text; null where it has none. Throws a UsageError for an unknown one. */
export function parsePlaceholders(text: string, place: PlaceholderPlace): Placeholders | null {
  const parts = text.split(/(?<=[\n\r\u2028\u2029])/).flatMap((line) => partsOfLine(line, place));
  return parts.some((part) => typeof part !== 'string') ? parts : null;
}

function partsOfLine(line: string, place: PlaceholderPlace): Part[] {
  // Behind the last end there is none to look for: each beginning there would be looked at up to the end of the line.
  const end = line.lastIndexOf('}}') + 2;
  if (end === 1) return [line];
  // The pattern has one group, so its matches are at the odd indexes.
  const pieces = line.slice(0, end).split(/(\{\{.*?\}\})/);
  return [...pieces.map((piece, at) => (at % 2 === 1 ? read(piece, place) : piece)), line.slice(end)];
}

function read(piece: string, place: PlaceholderPlace): Part {
  const name = piece.slice(2, -2).trim();
  if (name === 'uuid') return ({ random }) => freshIdentity({ kind: 'uuid4', length: 36, ms: 0 }, random);
  if (name === 'seq') return ({ sequence }) => String(sequence);
  const hex = /^hex:([1-9]\d{0,2})$/.exec(name);
  if (hex) return ({ random }) => freshIdentity({ kind: 'hex', length: Number(hex[1]), ms: 0 }, random);
  const time = /^now(?:([+-])(.+))?$/.exec(name);
  const distance = time?.[2] === undefined ? 0 : readDuration(time[2]);
  if (time && distance !== undefined) {
    const offset = time[1] === '-' ? -distance : distance;
    return ({ now }, old) => timeLike(old, now + offset);
  }
  if (time && /^\d+(\.\d+)?(ms|s|m|h|d)$/.test(time[2]!)) {
    throw new UsageError('BAD_PLACEHOLDER', `${place.name}: ${piece} is more than 100 years away.`);
  }
  throw unknownName('BAD_PLACEHOLDER', `${place.name}: there is no placeholder ${piece}.`, {
    name,
    known: names,
    more: `There are {{uuid}}, {{now}}, {{now+1h}}, {{seq}} and {{hex:8}}; ${place.literally}`,
    facts: { option: place.name },
  });
}

/** A time in the format of the value that it replaces: a number's unit, a text's form, else ISO 8601 with milliseconds. */
function timeLike(old: unknown, ms: number): string {
  if (typeof old === 'string') return formatTimeLike(old, ms, timeKindOf(old) ?? 'iso-millis');
  if (typeof old === 'number') return formatTime(ms, old > 1e11 ? 'unix-millis' : 'unix-seconds');
  return formatTime(ms, 'iso-millis');
}

/** The text of a value for one delivery; `old` is what it replaces, as text or number. */
export function fillPlaceholders(parts: Placeholders, context: PlaceholderContext, old: unknown): string {
  return parts.map((part) => (typeof part === 'string' ? part : part(context, old))).join('');
}
