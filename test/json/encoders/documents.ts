import fc from 'fast-check';

/** The limits of an encoder's language. */
export interface Limits {
  /** Half surrogate pairs, as escapes. */
  readonly lone?: boolean;
  /** Keys in the order of their UTF-8 bytes, as a language without ordered maps writes them. */
  readonly sorted?: boolean;
  readonly key?: (key: string) => boolean;
  readonly number?: (text: string) => boolean;
}

const sortedKeys = ['', '"', '&', '/', '1', '<b>', '__proto__', 'a', 'b\\b', '\u007f', 'é', '\u2028', '\uffee', '😀'];
const pieces = ['"', '\\', '/', '\\b', '\\f', '\\u003c', '</script>', '&', '\u007f', '\u0080', 'é', '\u2028', '\u2029'];
const wide = ['\ufeff', '\ufffd', '\uffff', '😀', '\u{10ffff}', 'e\u0301', 'id', '1'];
const edges = [
  '0',
  '-0',
  '-0.0',
  '0e5',
  '0.1',
  '100.0',
  '1E2',
  '73.10',
  '-1.5e-5',
  '1e-4',
  '0.00001',
  '1e-6',
  '1e-7',
  '5e-324',
  '-5e-324',
  '1e-400',
  '1.7976931348623157e308',
  '1e14',
  '1e15',
  '1e16',
  '1234567890123456.0',
  '1234567890123456.5',
  '1e17',
  '1e20',
  '1e21',
  '1e22',
  '9007199254740993',
  '123456789012345680',
  '123456789012345680.0',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '-9223372036854775809',
  '123456789012345678901234567890',
];

function numbers(limits: Limits): fc.Arbitrary<string> {
  const double = fc.double({ noDefaultInfinity: true, noNaN: true });
  return fc
    .oneof(
      fc.constantFrom(...edges),
      double.map(String),
      double.map((value) => value.toExponential().replace('e', 'E')),
      fc.tuple(fc.integer(), fc.integer({ min: 0, max: 99_999 })).map(([whole, part]) => `${whole}.${part}`),
      fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -30, max: 30 })).map(([d, e]) => `${d}.0e${e}`),
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
      fc.integer().map(String),
    )
    .filter(limits.number ?? (() => true));
}

function strings(limits: Limits): fc.Arbitrary<string> {
  const control = fc.integer({ min: 0, max: 31 }).map((code) => String.fromCharCode(code));
  const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code));
  const units = [
    control,
    fc.constantFrom(...pieces),
    fc.constantFrom(...wide),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ];
  return fc.string({ unit: fc.oneof(...units, ...(limits.lone ? [half] : [])), maxLength: 12 });
}

/** JSON texts of one line each, made without the code under test. */
export function documents(limits: Limits, count: number, seed: number): string[] {
  const text = strings(limits);
  const quoted = text.map((value) => JSON.stringify(value));
  const key = limits.key ?? (() => true);
  const keys = limits.sorted
    ? fc.subarray(sortedKeys, { maxLength: 4 })
    : fc.array(fc.oneof(fc.constantFrom(...sortedKeys), text).filter(key), { maxLength: 4 });
  const { value } = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.oneof(quoted, numbers(limits), fc.constantFrom('true', 'false', 'null', '[]', '{}')),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      keys.chain((names) =>
        fc
          .array(tie('value'), { minLength: names.length, maxLength: names.length })
          .map((items) => `{${items.map((item, i) => `${JSON.stringify(names[i])}:${item}`).join(',')}}`),
      ),
    ),
  }));
  const everyNumber = edges.filter(limits.number ?? (() => true)).map((edge) => `[${edge}]`);
  const everyControl = Array.from({ length: 32 }, (_, code) => JSON.stringify(`a${String.fromCharCode(code)}b`));
  return [...everyNumber, ...everyControl, ...fc.sample(value, { numRuns: count, seed })];
}
