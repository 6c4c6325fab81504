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
const isInteger = (text: string) => /^-?\d+$/.test(text);

function ofFloat(text: string, write: (digits: string, power: number) => string): string {
  const parts = floatParts(text);
  return parts ? parts.sign + write(parts.digits, parts.power) : text;
}

/** How languages with types write a number that came as text. */
export const floatTexts = {
  /** As it came: a decimal, or a number that was never parsed. */
  asWritten: (text: string) => text,
  /** Java's Double.toString: an exponent below 0.001 and from 10,000,000 on, and always a fraction. */
  javaDouble: (text: string) =>
    ofFloat(text, (digits, power) =>
      power < -3 || power >= 7 ? `${withFraction(mantissa(digits))}E${power}` : withFraction(decimal(digits, power)),
    ),
  /** .NET's double.ToString: an exponent below 0.0001 and from 1E+15 on. */
  dotnetDouble: (text: string) =>
    ofFloat(text, (digits, power) =>
      power < -4 || power >= 15
        ? `${mantissa(digits)}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
        : decimal(digits, power),
    ),
  /** The same with a fraction, as Newtonsoft.Json ensures. */
  newtonsoft: (text: string) => {
    const written = floatTexts.dotnetDouble(text);
    return /[.E]/.test(written) ? written : `${written}.0`;
  },
  /** Rust's serde_json: an exponent without + below 0.00001 and from 1e16 on. */
  rust: (text: string) =>
    ofFloat(text, (digits, power) =>
      power < -5 || power >= 16 ? `${mantissa(digits)}e${power}` : withFraction(decimal(digits, power)),
    ),
  /** Erlang's shortest text: an exponent where that is shorter. */
  erlang: (text: string) =>
    ofFloat(text, (digits, power) => {
      const scientific = `${withFraction(mantissa(digits))}e${power}`;
      const plain = withFraction(decimal(digits, power));
      return plain.length <= scientific.length ? plain : scientific;
    }),
} as const;

/** The number function that leaves integers as they came. */
export function keepingIntegers(float: (text: string) => string): (text: string) => string {
  return (text) => (isInteger(text) ? text : float(text));
}
