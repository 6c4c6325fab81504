import type { IdValueSpec, TimeValueSpec } from '../core/template.js';
import { formatTime, readTime, type TimeKind, timeKindOf } from '../core/time.js';

/** Unix times are taken for such between 2001 and 2128. */
const earliest = 1_000_000_000;
const latest = 5_000_000_000;

/** Returns the value that writes a time as a text does; undefined where it is no time. */
export function timeSpecOf(text: string): TimeValueSpec | undefined {
  if (/^\d{10}$/.test(text) && Number(text) >= earliest && Number(text) < latest) return spec('unix-seconds');
  if (/^\d{13}$/.test(text) && Number(text) >= earliest * 1000 && Number(text) < latest * 1000)
    return spec('unix-millis');
  if (/^1\d{15}$/.test(text)) return spec('unix-micros');
  if (/^1\d{18}$/.test(text)) return spec('unix-nanos');
  if (/^1\d{9}\.\d{6}$/.test(text)) return spec('unix-float');
  if (text.length > 40) return undefined;
  const kind = timeKindOf(text);
  if (!kind) return undefined;
  const { ms, below } = readTime(text);
  if (Number.isNaN(ms)) return undefined;
  const zone = kind === 'iso-offset' || kind === 'rfc1123' ? zoneOf(text) : undefined;
  const formats =
    kind === 'iso-offset' ? (['iso-seconds', 'iso-millis', 'iso-micros', 'iso-dotnet', 'iso-nanos'] as const) : [kind];
  const format = formats.find((each) => formatTime(ms, each, below, zone) === text);
  return format && spec(format, zone);
}

function spec(format: TimeKind, zone?: string): TimeValueSpec {
  return { kind: 'time', format, ...(zone !== undefined && { zone }) };
}

/** Returns whether a text looks like a time, be it in a format that values have or in another. */
export function isTimeText(text: string): boolean {
  if (text.length > 80) return false;
  return (
    timeSpecOf(text) !== undefined ||
    /^\d{4}-\d\d-\d\d[Tt ]\d\d:?\d\d/.test(text) ||
    /^20\d{6}T\d{4}(?:\d\d(?:\d{3})?)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/.test(text) ||
    /^[A-Z][a-z]{2,8},? \d\d?[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d/.test(text) ||
    /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{3})?$/.test(text) ||
    /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \S.*\d\d:\d\d/.test(text) ||
    /^\d{1,4}[/.]\d{1,2}[/.]\d{1,4},? \d\d?:\d\d/.test(text) ||
    /^1\d{9}(?:\d{3})?\.\d+$/.test(text)
  );
}

/** Returns the UTC offset of a text, as a value writes it. */
function zoneOf(text: string): string | undefined {
  const [, hours, minutes] = /([+-]\d{2}):?(\d{2})$/.exec(text) ?? [];
  return hours === undefined ? undefined : `${hours}:${minutes}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The kind of a fresh id that looks like a text; undefined for what no id looks like. */
export function idKindOf(text: string): IdValueSpec | undefined {
  const version = uuid.exec(text)?.[1];
  if (version) return { kind: version === '7' ? 'uuid7' : version === '1' ? 'uuid1' : 'uuid4' };
  if (text !== text.toLowerCase() && uuid.exec(text.toLowerCase())?.[1] === '4') return { kind: 'uuid4-upper' };
  if (text.length > 128) return undefined;
  if (/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/.test(text)) return { kind: 'uuid4hex' };
  const prefix = /^[A-Za-z]{1,12}(?:[_-][A-Za-z]{1,12})?[_-](?=[^_-]{8,}$)/.exec(text)?.[0] ?? '';
  const rest = text.slice(prefix.length);
  const kind = kindOf(rest);
  if (!kind) return undefined;
  return { kind, length: rest.length, ...(prefix && { prefix }) };
}

/** 16 bytes in base 32, whose last digit has two bits that are 0. */
const base32 = /^(?=.*[2-7])[a-z2-7]{25}[aeimquy4]$/;

function kindOf(
  text: string,
): 'digits' | 'hex' | 'capitals' | 'base32-lower' | 'alphanumeric' | 'letters' | 'base64url' | undefined {
  if (text.length < 4) return undefined;
  if (/^[1-9]\d*$/.test(text)) return 'digits';
  if (/^[0-9a-f]+$/.test(text)) return 'hex';
  if (/^[A-Z]{8,}$/.test(text)) return 'capitals';
  if (base32.test(text)) return 'base32-lower';
  if (/^[A-Za-z0-9]{8,}$/.test(text) && /\d/.test(text)) return 'alphanumeric';
  if (/^[A-Za-z]{16,}$/.test(text)) return 'letters';
  return /^[A-Za-z0-9_-]{12,}$/.test(text) && /\d/.test(text) ? 'base64url' : undefined;
}

/** Returns whether a header of this name carries the id of the delivery, and not of the account or endpoint. */
export function namesDelivery(name: string): boolean {
  return (
    /(^|[-_])(delivery|deliveryid|nonce|uuid|guid|idempotency([-_]?(key|token))?|idempotencykey)$/i.test(name) ||
    /(delivery|event|message|msg|webhook|request|notification|trace|correlation|transaction|^x|^)[-_]?(id|uuid|guid)$/i.test(
      name,
    ) ||
    /idempotency(key|token)$/i.test(name)
  );
}
