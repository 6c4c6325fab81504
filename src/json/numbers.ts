const isInteger = (text: string) => /^-?\d+$/.test(text);

/** A float's shortest digits (`1.5`, `-1`) and its power of ten; undefined for one that is too large for a float. */
function split(text: string): { value: number; digits: string; power: number } | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const [digits = '', power] = (Object.is(value, -0) ? 0 : value).toExponential().split('e');
  return { value, digits: Object.is(value, -0) ? '-0' : digits, power: Number(power) };
}

/** The digits without an exponent; JavaScript's own text does from 1e-6 to 1e21. */
function decimal(value: number, digits: string, power: number): string {
  if (power >= 0) return Object.is(value, -0) ? '-0' : String(value);
  const sign = value < 0 ? '-' : '';
  return `${sign}0.${'0'.repeat(-power - 1)}${digits.replace(/[-.]/g, '')}`;
}

const withFraction = (digits: string) => (digits.includes('.') ? digits : `${digits}.0`);
const exponent = (power: number, width: number) =>
  `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(width, '0')}`;

/** JavaScript has one kind of number; what is too large for it becomes null. */
export const javaScriptNumber = (text: string) => JSON.stringify(Number(text));

/** Python's repr of a float: an exponent of two digits below 1e-4 and from 1e16 on; integers have no limit and no -0. */
export function pythonNumber(text: string): string {
  if (isInteger(text)) return text === '-0' ? '0' : text;
  const float = split(text);
  if (!float) return text.startsWith('-') ? '-Infinity' : 'Infinity';
  const { value, digits, power } = float;
  if (power < -4 || power >= 16) return digits + exponent(power, 2);
  return withFraction(decimal(value, digits, power));
}

/** Ruby's Float#to_s: an exponent below 1e-4 and for whole numbers from 1e15 on, after a fraction. JSON.generate rejects infinity. */
export function rubyNumber(text: string): string {
  const float = split(text);
  if (isInteger(text) || !float) return text === '-0' ? '0' : text;
  const { value, digits, power } = float;
  const isWhole = digits.replace(/[-.]/g, '').length <= power + 1;
  if (power < -4 || (power >= 15 && isWhole)) return withFraction(digits) + exponent(power, 2);
  return withFraction(decimal(value, digits, power));
}

/** Go's float64: JavaScript's text, but with -0; integers that came as text stay whole. Go rejects infinity. */
export function goNumber(text: string): string {
  if (isInteger(text)) return text;
  const float = split(text);
  if (!float) return text;
  return Object.is(float.value, -0) ? '-0' : String(float.value);
}

/** PHP with serialize_precision -1: whole floats without a fraction; integers beyond 64 bits are floats. */
export function phpNumber(text: string): string {
  if (isInteger(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)) return text === '-0' ? '0' : text;
  const float = split(text);
  if (!float) return text;
  const { value, digits, power } = float;
  if (power < -4 || power >= 17) return withFraction(digits) + exponent(power, 1);
  return decimal(value, digits, power);
}
