/** The formats in which payloads and headers write a point in time; in UTC by default. */
export type TimeKind = WrittenTimeKind | CountedTimeKind;

/** The formats that can be recognized by their form. */
export type WrittenTimeKind = (typeof writtenTimeKinds)[number];

/** The formats that count from 1970, in payloads as JSON numbers or as text. */
export type CountedTimeKind = (typeof countedTimeKinds)[number];

/** The formats that write the date out. */
export const writtenTimeKinds = [
  'iso-seconds',
  'iso-millis',
  'iso-micros',
  'iso-dotnet',
  'iso-nanos',
  'iso-offset',
  'iso-local',
  'iso-date',
  'iso-basic',
  'sql-seconds',
  'sql-micros',
  'rfc1123',
] as const;

/** The formats that count from 1970. */
export const countedTimeKinds = ['unix-seconds', 'unix-millis', 'unix-micros', 'unix-nanos', 'unix-float'] as const;

/** A format of the samples' times; of one that counts from 1970 also whether it is a JSON number, as it is by default, or text. */
export type SampleTimeKind = TimeKind | { readonly format: CountedTimeKind; readonly as: 'text' };

/** The format alone. */
export function timeKind(kind: SampleTimeKind): TimeKind {
  return typeof kind === 'string' ? kind : kind.format;
}

const date = '\\d{4}-\\d{2}-\\d{2}';
const clock = '\\d{2}:\\d{2}:\\d{2}';

/** The pattern of each format, as the source of a regular expression; counted times from 2001 to 2033. */
const shapes: Record<TimeKind, string> = {
  'iso-seconds': `${date}T${clock}Z`,
  'iso-millis': `${date}T${clock}\\.\\d{3}Z`,
  'iso-micros': `${date}T${clock}\\.\\d{6}Z`,
  'iso-dotnet': `${date}T${clock}\\.\\d{7}Z`,
  'iso-nanos': `${date}T${clock}\\.\\d{9}Z`,
  'iso-offset': `${date}T${clock}(?:\\.\\d{1,9})?[+-]\\d{2}(?::?\\d{2})?`,
  'iso-local': `${date}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?`,
  'iso-date': date,
  'iso-basic': '\\d{8}T\\d{6}Z',
  'sql-seconds': `${date} ${clock}(?: UTC| [+-]\\d{2}:?\\d{2})?`,
  'sql-micros': `${date} ${clock}\\.\\d{6}`,
  rfc1123: `(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} ${clock} (?:GMT|UTC|[+-]\\d{4})`,
  'unix-seconds': '1\\d{9}(?:\\.\\d{1,9})?',
  'unix-float': '1\\d{9}\\.\\d{1,9}',
  'unix-millis': '1\\d{12}',
  'unix-micros': '1\\d{15}',
  'unix-nanos': '1\\d{18}',
};

/** Returns whether times of a format count from 1970. */
export function isCounted(kind: TimeKind): kind is CountedTimeKind {
  return kind.startsWith('unix-');
}

/** The source of a regular expression that finds a format's times in text. */
export function timeShape(kind: TimeKind): string {
  return shapes[kind];
}

/** Returns the format in which a text writes a moment, and not only a date; undefined where it is none. */
export function timeKindOf(text: string): Exclude<WrittenTimeKind, 'iso-date'> | undefined {
  return momentShapes.find(([, shape]) => shape.test(text))?.[0];
}

const momentShapes = writtenTimeKinds
  .filter((kind) => kind !== 'iso-date')
  .map((kind) => [kind, new RegExp(`^${shapes[kind]}$`)] as const);

/** The default digits below the millisecond. */
const nothingBelow = '000000';

/**
 * Writes a time (milliseconds since 1970). `below` are the digits that a format has below the millisecond; `zone` is the UTC offset
 * (`+07:00`) in which a format writes that does not count from 1970.
 */
export function formatTime(ms: number, kind: TimeKind, below = nothingBelow, zone?: string): string {
  switch (kind) {
    case 'unix-seconds':
      return String(Math.floor(ms / 1000));
    case 'unix-float':
      return `${Math.floor(ms / 1000)}.${isoTime(ms).slice(20, 23)}${below.padEnd(6, '0').slice(0, 3)}`;
    case 'unix-millis':
      return String(Math.floor(ms));
    case 'unix-micros':
      return String(Math.floor(ms)) + below.padEnd(6, '0').slice(0, 3);
    case 'unix-nanos':
      return String(Math.floor(ms)) + below.padEnd(6, '0');
  }
  const iso = isoTime(zone === undefined ? ms : ms + offsetMs(zone));
  switch (kind) {
    case 'iso-seconds':
      return iso.slice(0, 19) + (zone ?? 'Z');
    case 'iso-millis':
      return iso.slice(0, 23) + (zone ?? 'Z');
    case 'iso-micros':
      return iso.slice(0, 23) + below.padEnd(6, '0').slice(0, 3) + (zone ?? 'Z');
    case 'iso-dotnet':
      return iso.slice(0, 23) + below.padEnd(6, '0').slice(0, 4) + (zone ?? 'Z');
    case 'iso-nanos':
      return iso.slice(0, 23) + below.padEnd(6, '0') + (zone ?? 'Z');
    case 'iso-offset':
      return iso.slice(0, 19) + (zone ?? '+00:00');
    case 'iso-local':
      return iso.slice(0, 19);
    case 'iso-date':
      return iso.slice(0, 10);
    case 'iso-basic':
      return `${iso.slice(0, 19).replace(/[-:]/g, '')}${zone?.replace(':', '') ?? 'Z'}`;
    case 'sql-seconds':
      return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
    case 'sql-micros':
      return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${below.padEnd(6, '0').slice(0, 3)}`;
    case 'rfc1123':
      return httpDate(iso, zone?.replace(':', '') ?? 'GMT');
  }
}

function httpDate(iso: string, zone: string): string {
  return `${new Date(iso).toUTCString().slice(0, -'GMT'.length)}${zone}`;
}

/** Writes a time as another text of its format is written: in the same UTC offset, and with as many digits behind the point. */
export function formatTimeLike(like: string, ms: number, kind: TimeKind, below = nothingBelow): string {
  switch (kind) {
    case 'iso-offset':
    case 'sql-seconds': {
      const [zone = ''] = /(?: UTC| ?[+-]\d{2}(?::?\d{2})?)?$/.exec(like.slice(19)) ?? [];
      const there = formatTime(ms + offsetMs(zone), 'iso-nanos', below);
      const text = kind === 'iso-offset' ? there : there.replace('T', ' ');
      return text.slice(0, like.length - zone.length) + zone;
    }
    case 'iso-local':
      return formatTime(ms, 'iso-nanos', below).slice(0, like.length);
    case 'rfc1123': {
      const zone = like.slice(26);
      return httpDate(isoTime(ms + offsetMs(zone)), zone);
    }
    case 'unix-seconds':
    case 'unix-float': {
      const fraction = like.split('.')[1];
      if (fraction === undefined) return formatTime(ms, kind, below);
      return `${formatTime(ms, 'unix-seconds')}.${formatTime(ms, 'iso-nanos', below).slice(20, 20 + fraction.length)}`;
    }
    default:
      return formatTime(ms, kind, below);
  }
}

/** Returns the milliseconds that a UTC offset such as `+07:00` is ahead; 0 for a text that is no offset, such as `UTC`. */
export function offsetMs(offset: string): number {
  const [, sign, hours, minutes = '0'] = /([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Seconds written most recently, up to their milliseconds: deliveries of one moment write the same ones again and again. */
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

/** A point in time as a text writes it: milliseconds since 1970, and its six digits below the millisecond. */
export interface WrittenTime {
  readonly ms: number;
  readonly below: string;
}

const written =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?)?( ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?))?$/;

/** Reads a time in one of the formats: milliseconds since 1970, and its six digits below the millisecond; NaN for a text that is none. */
export function readTime(text: string): WrittenTime {
  const [, seconds, further = '', fraction = ''] = /^(\d{10})((?:\d{3}){0,3})(?:\.(\d+))?$/.exec(text) ?? [];
  if (seconds !== undefined) return buildTime(Number(seconds) * 1000, further + fraction);
  const [, day, minutes = '00:00', second = '00', digits = '', zone = ''] = written.exec(extended(text)) ?? [];
  if (day !== undefined) return buildTime(Date.parse(`${day}T${minutes}:${second}Z`) - offsetMs(zone), digits);
  return { ms: new RegExp(`^${shapes.rfc1123}$`).test(text) ? Date.parse(text) : Number.NaN, below: nothingBelow };
}

/** Converts a time in the basic form of ISO 8601 to its extended form; returns any other text as it is. */
function extended(text: string): string {
  return text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(?=Z$)/, '$1-$2-$3T$4:$5:$6');
}

const perMillisecond: Record<CountedTimeKind, number> = {
  'unix-seconds': 0.001,
  'unix-float': 0.001,
  'unix-millis': 1,
  'unix-micros': 1000,
  'unix-nanos': 1e6,
};

/** Reads a text as a time of one format: milliseconds since 1970, also for an implausible number; NaN for a text that is no time. */
export function readTimeAs(text: string, kind: TimeKind): number {
  return isCounted(kind) ? Number(text) / perMillisecond[kind] : readTime(text).ms;
}

function buildTime(wholeSeconds: number, digits: string): WrittenTime {
  const below = digits.padEnd(9, '0');
  return { ms: wholeSeconds + Number(below.slice(0, 3)), below: below.slice(3, 9) };
}
