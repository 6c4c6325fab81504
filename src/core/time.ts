/** The formats in which payloads and headers write a point in time; all in UTC but `iso-offset`, which is so where nothing else is said. */
export type TimeKind = WrittenTimeKind | CountedTimeKind;

/** The formats that can be told from other text by their look. */
export type WrittenTimeKind = 'iso-seconds' | 'iso-millis' | 'iso-micros' | 'iso-offset' | 'sql-micros';

/** The formats that count from 1970, in payloads mostly as JSON numbers. */
export type CountedTimeKind = 'unix-seconds' | 'unix-millis';

/** What each format looks like, as the source of a regular expression; counted times from 2001 to 2033. */
const shapes: Record<TimeKind, string> = {
  'iso-seconds': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z',
  'iso-millis': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z',
  'iso-micros': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z',
  'iso-offset': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}[+-]\\d{2}:\\d{2}',
  'sql-micros': '\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{6}',
  'unix-seconds': '1\\d{9}(?:\\.\\d{1,6})?',
  'unix-millis': '1\\d{12}',
};

const writtenKinds = ['iso-seconds', 'iso-millis', 'iso-micros', 'iso-offset', 'sql-micros'] as const;

/** Whether times of a format count from 1970. */
export function isCounted(kind: TimeKind): kind is CountedTimeKind {
  return kind === 'unix-seconds' || kind === 'unix-millis';
}

/** The source of a regular expression that finds a format's times in text. */
export function timeShape(kind: TimeKind): string {
  return shapes[kind];
}

/** The format in which a text writes a time; undefined where it is none. */
export function timeKindOf(text: string): WrittenTimeKind | undefined {
  return writtenKinds.find((kind) => new RegExp(`^${shapes[kind]}$`).test(text));
}

/** Writes a time (milliseconds since 1970); `micros` (three digits) fills what a format has below the millisecond. */
export function formatTime(ms: number, kind: TimeKind, micros = '000'): string {
  if (kind === 'unix-seconds') return String(Math.floor(ms / 1000));
  if (kind === 'unix-millis') return String(Math.floor(ms));
  const iso = isoTime(ms);
  switch (kind) {
    case 'iso-seconds':
      return `${iso.slice(0, 19)}Z`;
    case 'iso-millis':
      return iso;
    case 'iso-micros':
      return `${iso.slice(0, 23)}${micros}Z`;
    case 'iso-offset':
      return `${iso.slice(0, 19)}+00:00`;
    case 'sql-micros':
      return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${micros}`;
  }
}

/** Writes a time as another text of its format is written: in the same UTC offset, and with as many digits behind the point. */
export function formatTimeLike(like: string, ms: number, kind: TimeKind, micros = '000'): string {
  if (kind === 'iso-offset') {
    const offset = like.slice(-6);
    return `${formatTime(ms + offsetMs(offset), 'iso-millis').slice(0, 19)}${offset}`;
  }
  const fraction = kind === 'unix-seconds' ? like.split('.')[1] : undefined;
  if (fraction === undefined) return formatTime(ms, kind, micros);
  const below = formatTime(ms, 'iso-micros', micros).slice(20, 20 + fraction.length);
  return `${formatTime(ms, kind)}.${below}`;
}

/** Milliseconds that a UTC offset such as `+07:00` is ahead. */
export function offsetMs(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Seconds that were written last, up to their milliseconds: what is made in one moment tells the same ones again and again. */
const writtenSeconds = new Map<number, string>();

function isoTime(ms: number): string {
  if (!Number.isInteger(ms) || ms < 0 || ms > 8e15) return new Date(ms).toISOString();
  const second = Math.floor(ms / 1000);
  let head = writtenSeconds.get(second);
  if (head === undefined) {
    if (writtenSeconds.size >= 32) writtenSeconds.clear();
    head = new Date(second * 1000).toISOString().slice(0, -4);
    writtenSeconds.set(second, head);
  }
  return `${head}${String(ms % 1000).padStart(3, '0')}Z`;
}

/** A point in time as a text tells it: milliseconds since 1970, and its three digits below the millisecond. */
export interface WrittenTime {
  readonly ms: number;
  readonly micros: string;
}

/** Milliseconds since 1970 of a time in one of the formats, and its three digits below the millisecond. */
export function readTime(text: string): WrittenTime {
  if (/^\d{13}$/.test(text)) return { ms: Number(text), micros: '000' };
  const [, seconds, fraction = ''] = /^(\d{10})(?:\.(\d+))?$/.exec(text) ?? [];
  if (seconds !== undefined) {
    const below = fraction.padEnd(6, '0');
    return { ms: Number(seconds + below.slice(0, 3)), micros: below.slice(3, 6) };
  }
  const zoned = /Z$|T.*[+-]\d{2}:\d{2}$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const digits = /\.\d{3}(\d{3})Z$/.exec(zoned);
  return { ms: Date.parse(zoned.replace(/(\.\d{3})\d+Z$/, '$1Z')), micros: digits?.[1] ?? '000' };
}
