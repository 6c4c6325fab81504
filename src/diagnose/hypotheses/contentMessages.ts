import { readUrl } from '../../core/readUrl.js';
import type { Variant } from '../hypothesis.js';
import { type ContentChange, type ContentFacts, type ContentHypothesis, contentChange } from './contentFacts.js';

/** A signature base in its lines: what each component is called with its quotes, and its value; the last are the parameters. */
interface Base {
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly parameters: string;
}

const last = '"@signature-params": ';

/** Parses a content as a signature base; null where it is none. */
function parseBase({ template }: ContentFacts): Base | null {
  const [part, ...more] = template;
  if (!part || !('text' in part) || more.length > 0) return null;
  const lines = part.text.split('\n');
  const parameters = lines.pop()!;
  if (!parameters.startsWith(last)) return null;
  const named = lines.map((line) => {
    const end = line.indexOf(': ');
    return [line.slice(0, end), line.slice(end + 2)] as const;
  });
  return { lines: named, parameters: parameters.slice(last.length) };
}

function written({ lines, parameters }: Base): string {
  return [...lines.map(([name, value]) => `${name}: ${value}`), last + parameters].join('\n');
}

type TextVariants = (base: Base, facts: ContentFacts) => Iterable<{ readonly text: string; readonly detail?: string }>;

const hypothesis = (name: string, title: string, computed: string, variants: TextVariants): ContentHypothesis => ({
  name: `message-${name}`,
  title,
  change: {
    signature: 'Sign the signature base of RFC 9421 (section 2.5), line by line as Signature-Input lists it.',
    computed,
  },
  *variants(facts): Generator<Variant<ContentChange>> {
    const base = parseBase(facts);
    if (!base) return;
    for (const { text, detail } of variants(base, facts)) {
      yield { value: contentChange([{ text }]), ...(detail !== undefined && { detail }) };
    }
  },
});

/** All lines with one of them changed. */
function* changedLines(
  base: Base,
  change: (line: readonly [string, string]) => readonly (readonly [name: string, value: string, detail: string])[],
): Generator<{ text: string; detail: string }> {
  for (const [at, line] of base.lines.entries()) {
    for (const [name, value, detail] of change(line)) {
      yield { text: written({ ...base, lines: base.lines.with(at, [name, value]) }), detail };
    }
  }
}

/** Of more components not all orders are tried. */
const maxOrdered = 6;

/** Other contents than the signature base of Signature-Input that may have been signed. */
export const contentMessages: readonly ContentHypothesis[] = [
  hypothesis(
    'order',
    'the components in another order than Signature-Input lists them ({detail})',
    'Your receiver takes the components in another order. Take that of Signature-Input.',
    function* (base) {
      const { lines } = base;
      const orders = lines.length <= maxOrdered ? permutations(lines) : [lines.toReversed(), sorted(lines)];
      for (const order of orders) {
        if (order.every((line, at) => line === lines[at])) continue;
        const detail = order.map(([name]) => name).join(', ');
        yield { text: written({ ...base, lines: order }), detail };
        // Where Signature-Input itself was rewritten, what was signed lists them in that order, too.
        const parameters = base.parameters.replace(/^\(.*?\)/, () => `(${order.map(([name]) => name).join(' ')})`);
        yield { text: written({ lines: order, parameters }), detail };
      }
    },
  ),
  hypothesis(
    'component-value',
    'another value of a component: {detail}',
    'Your receiver takes another value of a component. Take what RFC 9421, section 2, says of it.',
    (base, facts) => changedLines(base, ([name, value]) => otherValues(name, value, facts)),
  ),
  hypothesis(
    'component-missing',
    'all but {detail}, which Signature-Input lists, too',
    'Your receiver leaves out a component that Signature-Input lists.',
    function* (base) {
      for (const [at, [name]] of base.lines.entries()) {
        yield { text: written({ ...base, lines: base.lines.toSpliced(at, 1) }), detail: name };
      }
    },
  ),
  hypothesis(
    'form',
    'a signature base of another form: {detail}',
    'Your receiver writes the signature base otherwise. It is lines of "name": value with a line feed between them and none at the end, and "@signature-params" last.',
    function* (base) {
      const text = written(base);
      const bare = (name: string) => name.replaceAll('"', '');
      yield { text: `${text}\n`, detail: 'with a line feed at its end' };
      yield { text: text.replaceAll('\n', '\r\n'), detail: 'with CR LF between the lines' };
      yield { text: text.slice(0, Math.max(text.lastIndexOf('\n'), 0)), detail: 'without "@signature-params"' };
      yield {
        text: [
          ...base.lines.map(([name, value]) => `${bare(name)}: ${value}`),
          `@signature-params: ${base.parameters}`,
        ].join('\n'),
        detail: 'names without quotes',
      };
      yield {
        text: written(base).replaceAll('": ', '":'),
        detail: 'without a space behind the colons',
      };
      yield { text: text.replace(last, `${last}sig1=`), detail: 'with the label before the parameters' };
      yield { text: base.lines.map(([, value]) => value).join('\n'), detail: 'the values alone' };
    },
  ),
];

function otherValues(
  name: string,
  value: string,
  { url, method }: ContentFacts,
): (readonly [name: string, value: string, detail: string])[] {
  const found = (text: string, detail: string) => [name, text, `${name} ${detail}`] as const;
  const address = readUrl(url);
  const search = address?.search ?? '';
  const swapped = value.replace(/^http(s?):/, (_, s: string) => (s ? 'http:' : 'https:'));
  switch (name) {
    case '"@method"':
      return [found(method.toLowerCase(), 'in lower case')];
    case '"@target-uri"': {
      return [
        found(swapped, 'with the other of http and https'),
        found(`${address?.pathname ?? ''}${search}`, 'as path and query alone'),
        found(value.replace(/\?.*$/, ''), 'without its query'),
        found(value.endsWith('/') ? value.slice(0, -1) : `${value}/`, 'with or without a slash at its end'),
      ];
    }
    case '"@authority"':
      return [
        found(value.replace(/:\d+$/, ''), 'without its port'),
        ...[80, 443].map((port) => found(`${value}:${port}`, `with the port ${port}`)),
      ];
    case '"@path"':
      return [found(value + search, 'with the query'), found(`${value}/`, 'with a slash at its end')];
    case '"@query"':
      return [found(value.slice(1), 'without its question mark')];
    default:
      return name.startsWith('"@') ? [] : headerValues(name, value);
  }
}

function headerValues(name: string, value: string): (readonly [name: string, value: string, detail: string])[] {
  const digest = /:(.+):$/.exec(value)?.[1];
  const parts = name.split('-').map((part) => part.replace(/[a-z]/, (letter) => letter.toUpperCase()));
  return [
    [name, value.split(';')[0]!, `${name} without its parameters`],
    [name, `${value}; charset=utf-8`, `${name} with a charset`],
    [name, '', `${name} as if it were empty`],
    [parts.join('-'), value, `${name} in its usual letter case`],
    ...(digest === undefined ? [] : [[name, digest, `${name} without what is around its Base64`] as const]),
  ];
}

function sorted(lines: Base['lines']): Base['lines'] {
  return lines.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
