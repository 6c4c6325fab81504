/** The formats in which payloads and headers write a point in time; all of them in UTC. */
export type TimeKind = 'iso-seconds' | 'iso-millis' | 'iso-micros' | 'sql-micros' | 'unix-seconds' | 'unix-millis';

/** The formats that can be told from other text by their look. */
export type WrittenTimeKind = Exclude<TimeKind, 'unix-seconds' | 'unix-millis'>;

/** What each written-out format looks like, as the source of a regular expression. */
const shapes: Record<WrittenTimeKind, string> = {
  'iso-seconds': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z',
  'iso-millis': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z',
  'iso-micros': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z',
  'sql-micros': '\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{6}',
};

/** The source of a regular expression that finds a format's times in text. */
export function timeShape(kind: WrittenTimeKind): string {
  return shapes[kind];
}

/** The format in which a text writes a time; undefined where it is none. */
export function timeKindOf(text: string): WrittenTimeKind | undefined {
  return (Object.keys(shapes) as WrittenTimeKind[]).find((kind) => new RegExp(`^${shapes[kind]}$`).test(text));
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
    case 'sql-micros':
      return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${micros}`;
  }
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

/** Milliseconds since 1970 of a time in one of the written-out formats, and its three digits below the millisecond. */
export function readTime(text: string): WrittenTime {
  const zoned = text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`;
  const digits = /\.\d{3}(\d{3})Z$/.exec(zoned);
  return { ms: Date.parse(zoned.replace(/(\.\d{3})\d+Z$/, '$1Z')), micros: digits?.[1] ?? '000' };
}
