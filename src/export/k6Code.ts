import type { Encoding, KeyStep, TextPart } from '../core/scheme.js';
import type { K6Helper } from './k6Helpers.js';
import { type K6Made, type K6Moment, type K6Reference, type K6Text, k6Names } from './k6Script.js';

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const small = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const base32 = `${capitals}234567`;

/** The characters that each sign of an id's pattern draws from. */
const drawn: Record<string, string> = { '#': digits, '@': capitals, '*': capitals + digits };
/** The positions, in ISO 8601, of the parts of a date in an id's pattern. */
const dateParts: Record<string, string> = { YYYY: '0, 4', YY: '2, 4', MM: '5, 7', DD: '8, 10' };

/** Writes the code of a script for k6, and remembers the helpers that it needs. */
export class K6Code {
  readonly helpers = new Set<K6Helper>();
  readonly modules = new Set<'crypto' | 'encoding'>();
  /** The keys that are made of the secret, each by the code that makes it. */
  private readonly keys = new Map<string, string>();

  /** The declarations of the keys. */
  keyLines(): string[] {
    return [...this.keys].map(([code, name]) => `const ${name} = ${code};`);
  }

  /** A text. */
  text(text: K6Text): string {
    const [only] = text;
    if (text.length === 1 && typeof only === 'object') return this.reference(only);
    const pieces = text.map((piece) => (typeof piece === 'string' ? literal(piece) : `\${${this.reference(piece)}}`));
    return `\`${pieces.join('')}\``;
  }

  constantCode(constant: K6Made): string {
    switch (constant.kind) {
      case 'text':
        return this.text(constant.text);
      case 'time':
        return time(constant);
      case 'id':
        return this.id(constant);
      case 'hash':
        return this.hash(constant);
      case 'encoded':
        return this.encoded(constant);
    }
  }

  private reference({ name, as }: K6Reference): string {
    if (as === undefined) return name;
    switch (as) {
      case 'parameter':
        return `encodeURIComponent(${name})`;
      case 'json':
        return `${this.helper('inJson')}(${name})`;
      case 'php':
        return `${this.helper('inPhp')}(${name})`;
      case 'form':
        return `${this.helper('formText')}(${name})`;
      case 'address':
        return `${this.helper('beforeQuery')}(${name})`;
    }
  }

  private helper(name: K6Helper): K6Helper {
    this.helpers.add(name);
    return name;
  }

  private pick(from: string, length: number): string {
    return `${this.helper('pick')}('${from}', ${length})`;
  }

  private hash({ hash, key, content, encoding }: K6Made & { kind: 'hash' }): string {
    this.modules.add('crypto');
    const written = encoding === 'base64url' ? 'base64rawurl' : encoding.toLowerCase();
    const args = `${this.text(content)}, '${written}'`;
    const code = key === null ? `crypto.${hash}(${args})` : `crypto.hmac('${hash}', ${this.key(key)}, ${args})`;
    return applyCase(code, encoding);
  }

  /** The key that steps make of the secret, which is made once. */
  private key(steps: readonly KeyStep[]): string {
    const code = steps.reduce((text, step) => this.keyStep(text, step), k6Names.secret as string);
    if (steps.length === 0) return code;
    const known = this.keys.get(code);
    if (known !== undefined) return known;
    const name = this.keys.size === 0 ? 'signingKey' : `signingKey${this.keys.size + 1}`;
    this.keys.set(code, name);
    return name;
  }

  private keyStep(code: string, step: KeyStep): string {
    if (step === 'nfkd') return `${code}.normalize('NFKD')`;
    if (step === 'hex') return `${this.helper('fromHex')}(${code})`;
    if (step === 'base64' || step === 'base64url') {
      this.modules.add('encoding');
      return `encoding.b64decode(${code}.replace(/=+$/, ''), '${step === 'base64' ? 'rawstd' : 'rawurl'}')`;
    }
    if (step.startsWith('hash:')) {
      this.modules.add('crypto');
      return `crypto.${step.slice('hash:'.length)}(${code}, 'binary')`;
    }
    if (!step.startsWith('strip:')) return part(code, step as TextPart);
    const prefix = step.slice('strip:'.length).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return `${code}.replace(/^${prefix}/, '')`;
  }

  private encoded({ content, part: taken, encoding }: K6Made & { kind: 'encoded' }): string {
    const whole = this.text(content);
    const text = taken === undefined ? whole : part(whole, taken);
    switch (encoding) {
      case 'text':
        return text;
      case 'form':
        return `${this.helper('formText')}(${text})`;
      case 'hex':
      case 'HEX':
        this.modules.add('crypto');
        return applyCase(`crypto.hexEncode(${text})`, encoding);
      default:
        this.modules.add('encoding');
        return `encoding.b64encode(${text}, '${encoding === 'base64' ? 'std' : 'rawurl'}')`;
    }
  }

  private id({ id, length, pattern = '', moment, isExact }: K6Made & { kind: 'id' }): string {
    const ms = momentCode(moment);
    switch (id) {
      case 'uuid4':
        return `${this.helper('uuid')}()`;
      case 'uuid4-upper':
        return `${this.helper('uuid')}().toUpperCase()`;
      case 'uuid4hex':
        return `${this.helper('uuid')}().replace(/-/g, '')`;
      case 'ulid-lower':
        return `${this.helper('ulid')}(${ms}).toLowerCase()`;
      case 'uuid1':
      case 'uuid7':
      case 'ulid':
      case 'ksuid':
      case 'snowflake':
        return `${this.helper(id)}(${ms})`;
      case 'objectid':
        return `Math.floor(${bracket(ms)} / 1000).toString(16).padStart(8, '0') + ${this.helper('hex')}(16)`;
      case 'nanoseconds':
        return `\`\${${ms}}\${${this.pick(digits, 6)}}\``;
      case 'digits':
        return `${this.pick(isExact ? '12345678' : '123456789', 1)} + ${this.pick(digits, length - 1)}`;
      case 'base32':
        return this.base32(length);
      case 'base32-lower':
        return `(${this.base32(length)}).toLowerCase()`;
      case 'code':
        return this.patterned(pattern, ms);
      case 'hex':
        return `${this.helper('hex')}(${length})`;
      default:
        return this.pick(alphabets[id], length);
    }
  }

  /** Whole bytes in base 32, where that has so many digits: bits of the last digit that no byte fills are 0. */
  private base32(length: number): string {
    const spare = (length * 5) % 8;
    if (spare >= 5 || spare === 0) return this.pick(base32, length);
    const last = [...base32].filter((_, at) => at % 2 ** spare === 0).join('');
    return `${this.pick(base32, length - 1)} + ${this.pick(last, 1)}`;
  }

  private patterned(pattern: string, ms: string): string {
    const pieces = pattern.split(/(YYYY|YY|MM|DD|#+|@+|\*+)/).map((text, at) => {
      if (at % 2 === 0) return literal(text);
      const from = drawn[text[0]!];
      return `\${${from === undefined ? `new Date(${ms}).toISOString().slice(${dateParts[text]})` : this.pick(from, text.length)}}`;
    });
    return `\`${pieces.join('')}\``;
  }
}

const alphabets = {
  'hex-upper': `${digits}ABCDEF`,
  base36: digits + small,
  letters: capitals + small,
  capitals,
  alphanumeric: capitals + small + digits,
  base64url: `${capitals}${small}${digits}-_`,
} as const;

/** A text inside of a template literal. */
function literal(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, '\\$&').replaceAll('\r', '\\r');
}

function applyCase(code: string, encoding: Encoding): string {
  return encoding === 'HEX' ? `${code}.toUpperCase()` : code;
}

function part(code: string, which: TextPart): string {
  const colon = which.indexOf(':');
  const separator = `'${which.slice(colon + 1).replace(/['\\]/g, '\\$&')}'`;
  return which.startsWith('before')
    ? `${code}.split(${separator})[0]`
    : `${code}.split(${separator}).slice(1).join(${separator})`;
}

function momentCode({ from, ms, whole }: K6Moment): string {
  const at = from === '1970' ? String(ms) : `now${plus(ms)}`;
  return whole ? `Math.floor(${bracket(at)} / ${whole.unit}) * ${whole.unit}${plus(whole.shift)}` : at;
}

function bracket(code: string): string {
  return /^\w+$/.test(code) ? code : `(${code})`;
}

function plus(ms: number): string {
  return ms === 0 ? '' : ms > 0 ? ` + ${ms}` : ` - ${-ms}`;
}

function time({ form, moment, length }: K6Made & { kind: 'time' }): string {
  const ms = momentCode(moment);
  switch (form) {
    case 'iso':
      return `new Date(${ms}).toISOString().slice(0, ${length})`;
    case 'sql':
      return `new Date(${ms}).toISOString().slice(0, ${length}).replace('T', ' ')`;
    case 'basic':
      return `new Date(${ms}).toISOString().replace(/[-:]/g, '').slice(0, ${length})`;
    case 'http':
      return `new Date(${ms}).toUTCString().slice(0, ${length})`;
    case 'milliseconds':
      return `String(${ms})`;
    case 'seconds':
      return length > 10
        ? `(${bracket(ms)} / 1000).toFixed(3).slice(0, ${length})`
        : `String(Math.floor(${bracket(ms)} / 1000))`;
  }
}
