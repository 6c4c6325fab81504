import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate, renderTemplate, templateNames } from '../../src/core/template.js';

const known = ['timestamp', 'signature', 'body'];
const render = (source: string, values: Record<string, string> = {}) =>
  renderTemplate(parseTemplate(source, known, 'the header'), (name) => values[name] ?? `<${name}>`);

describe('templates', () => {
  it.each([
    ['t={timestamp},v1={signature}', 't=<timestamp>,v1=<signature>'],
    ['{timestamp}.{body}', '<timestamp>.<body>'],
    ['{body}{body}', '<body><body>'],
    ['', ''],
    ['plain', 'plain'],
    ['{{"id":"{body}"}}', '{"id":"<body>"}'],
    ['{{{body}}}', '{<body>}'],
    ['{{body}}', '{body}'],
    ['}}{{', '}{'],
  ])('%j renders to %j', (source, text) => {
    expect(render(source)).toBe(text);
  });

  it('text with its braces doubled renders to itself', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('{', '}', 'body', ' ') }));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const double = (part: string) => part.replace(/[{}]/g, '$&$&');
        expect(render(double(before))).toBe(before);
        expect(render(`${double(before)}{signature}${double(after)}`)).toBe(`${before}<signature>${after}`);
      }),
      { numRuns: 500 },
    );
  });

  it('what stands for a name is not read again', () => {
    expect(render('{body}', { body: '{signature} {{ $&' })).toBe('{signature} {{ $&');
  });

  it('templateNames lists names in order, repeated ones too', () => {
    expect(templateNames(parseTemplate('{body} {{signature}} {timestamp}{body}', known, 'x'))).toEqual([
      'body',
      'timestamp',
      'body',
    ]);
  });

  it.each([
    ['t={timestmap}', 'unknown placeholder {timestmap} in "t={timestmap}". Did you mean timestamp?'],
    ['{x}', 'unknown placeholder {x} in "{x}". Known: timestamp, signature, body.'],
    ['{}', 'unknown placeholder {} in "{}". Known: timestamp, signature, body.'],
    ['{constructor}', 'unknown placeholder {constructor} in "{constructor}". Known: timestamp, signature, body.'],
    ['a{body', '"{" at 1 has no "}" in "a{body".'],
    ['a}', '"}" at 1 has no "{" in "a}".'],
    ['{body}}', '"}" at 6 has no "{" in "{body}}".'],
  ])('%j is an error', (source, reason) => {
    expect(() => parseTemplate(source, known, 'the header')).toThrow(
      expect.objectContaining({ name: 'UsageError', code: 'BAD_TEMPLATE', message: `the header: ${reason}` }),
    );
  });

  it('an error without anything to suggest ends with its sentence', () => {
    expect(() => parseTemplate('{x}', [], 'the path')).toThrow(
      expect.objectContaining({ message: 'the path: unknown placeholder {x} in "{x}".' }),
    );
  });
});
