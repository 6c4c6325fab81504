/** A float's shortest digits without a point (`15`), its sign and its power of ten; undefined for one that is too large for a float. */
function floatParts(text: string): { sign: string; digits: string; power: number } | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const [mantissa = '', power] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return { sign, digits: mantissa.replace('.', ''), power: Number(power) };
}

/** Digits with a point at its place; without a fraction there is none. */
function decimal(digits: string, power: number): string {
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  const fraction = digits.slice(power + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

const withFraction = (text: string) => (text.includes('.') ? text : `${text}.0`);
const mantissa = (digits: string) => decimal(digits, 0);
const numberParts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const isInteger = (text: string) => /^-?\d+$/.test(text);

/** Java writes two digits at least, and of a float that has them those that are nearest to it. */
function javaDigits(text: string, digits: string): string {
  if (digits.length > 1) return digits;
  const two = Math.abs(Number(text)).toExponential(1).slice(0, 3).replace('.', '');
  return two.endsWith('0') ? digits : two;
}

function rewriteFloat(text: string, write: (digits: string, power: number) => string): string {
  const parts = floatParts(text);
  return parts ? parts.sign + write(parts.digits, parts.power) : text;
}

const dotnetText = (digits: string, power: number, limit = 15) =>
  power < -4 || power >= limit
    ? `${mantissa(digits)}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
    : decimal(digits, power);
const ensuringFraction = (text: string) => (/[.E]/.test(text) ? text : `${text}.0`);

/** A decimal as Java's BigDecimal writes it. */
function decimalText(text: string, zeros: 'kept' | 'stripped' = 'kept'): string {
  const [, minus = '', whole = '', fraction = '', exponent = '0'] = numberParts.exec(text) ?? [];
  let digits = (whole + fraction).replace(/^0+(?=\d)/, '');
  let scale = fraction.length - Number(exponent);
  if (zeros === 'stripped') {
    const kept = digits.replace(/0+$/, '');
    scale = kept === '' ? 0 : scale - (digits.length - kept.length);
    digits = kept === '' ? '0' : kept;
  }
  const sign = digits === '0' ? '' : minus;
  const power = digits.length - 1 - scale;
  if (scale < 0 || power < -6) return `${sign}${mantissa(digits)}E${power < 0 ? '' : '+'}${power}`;
  const filled = digits.padStart(scale + 1, '0');
  return sign + (scale === 0 ? filled : `${filled.slice(0, -scale)}.${filled.slice(-scale)}`);
}

/** The notations in which typed languages write a number that they read from a text. */
export const floatTexts = {
  /** As received: a decimal, or a number that was never parsed. */
  asWritten: (text: string) => text,
  /** Java's Double.toString: an exponent below 0.001 and from 10,000,000 on, and always a fraction. */
  javaDouble: (text: string) =>
    rewriteFloat(text, (shortest, power) => {
      const digits = javaDigits(text, shortest);
      return power < -3 || power >= 7
        ? `${withFraction(mantissa(digits))}E${power}`
        : withFraction(decimal(digits, power));
    }),
  /** Java's BigDecimal.toString: as it came, but for an exponent where there are zeros before or behind all digits. */
  javaDecimal: (text: string) => decimalText(text),
  /** The same without zeros at the end, as a JsonNode of Jackson has it. */
  javaStripped: (text: string) => decimalText(text, 'stripped'),
  /** .NET's double.ToString: an exponent below 0.0001 and from 1E+15 on. */
  dotnetDouble: (text: string) => rewriteFloat(text, (digits, power) => dotnetText(digits, power)),
  /** double.ToString of .NET Framework: 15 digits where these are the same float, else 17, and no -0. */
  frameworkDouble: (text: string) => {
    const value = Number(text);
    if (value === 0 || !Number.isFinite(value)) return value === 0 ? '0' : text;
    const [short, long] = [value.toExponential(14), value.toExponential(16)];
    const isShort = Number(short) === value;
    const [digits = '', power] = (isShort ? short : long).replace(/^-/, '').split('e');
    const kept = digits.replace('.', '').replace(/0+$/, '');
    return (value < 0 ? '-' : '') + dotnetText(kept, Number(power), isShort ? 15 : 17);
  },
  /** The same with a fraction, as Newtonsoft.Json ensures. */
  newtonsoft: (text: string) => ensuringFraction(floatTexts.dotnetDouble(text)),
  newtonsoftFramework: (text: string) => ensuringFraction(floatTexts.frameworkDouble(text)),
  /** Rust's serde_json: an exponent without + below 0.00001 and from 1e16 on. */
  rust: (text: string) =>
    rewriteFloat(text, (digits, power) =>
      power < -5 || power >= 16 ? `${mantissa(digits)}e${power}` : withFraction(decimal(digits, power)),
    ),
  /** Erlang's shortest text: with an exponent where that is shorter, and from 2^53 on. */
  erlang: (text: string) =>
    rewriteFloat(text, (digits, power) => {
      const scientific = `${withFraction(mantissa(digits))}e${power}`;
      const plain = withFraction(decimal(digits, power));
      return plain.length <= scientific.length && Math.abs(Number(text)) < 2 ** 53 ? plain : scientific;
    }),
} as const;

/** The number function that leaves integers as they came; they have no -0. */
export function keepingIntegers(float: (text: string) => string): (text: string) => string {
  return (text) => (!isInteger(text) ? float(text) : text === '-0' ? '0' : text);
}

/** Numbers as serde_json reads them: all but whole numbers of 64 bits are floats. */
export function rustNumber(text: string): string {
  const isWhole = isInteger(text) && text !== '-0' && text.length <= 20;
  return isWhole && BigInt(text) >= -(2n ** 63n) && BigInt(text) < 2n ** 64n ? text : floatTexts.rust(text);
}
