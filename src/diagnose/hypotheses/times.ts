import type { Hypothesis, Variant } from '../hypothesis.js';
import type { ContentChange, ContentFacts } from './contentFacts.js';

type TimeHypothesis = Hypothesis<ContentFacts, ContentChange>;

/** The scheme's content with another text for each of its times. */
function withTime(facts: ContentFacts, texts: (time: string) => readonly (readonly [text: string, detail: string])[]) {
  const { template, times, values } = facts;
  return times
    .filter((name) => template.some((part) => 'name' in part && part.name === name))
    .flatMap((name) =>
      texts(values.get(name) ?? '').map(
        ([text, detail]): Variant<ContentChange> => ({ value: { template, values: new Map([[name, text]]) }, detail }),
      ),
    );
}

const inMs = (text: string) =>
  /^\d{1,11}$/.test(text) ? Number(text) * 1000 : /^\d{12,14}$/.test(text) ? Number(text) : Date.parse(text);

/** Seconds before and after the sent time that are tried, and the bytes that this may hash. */
const around = 300;
const maxBytes = 64 << 20;

/** Other times than the sent one that may have been signed. */
export const times: readonly TimeHypothesis[] = [
  {
    name: 'time-unit',
    title: '{content} with the time {detail}',
    change: {
      signature: 'The time in the header is written otherwise than it was signed: {detail}.',
      computed: 'Your receiver reformats the time, {detail}. Hash the text of the header as received.',
    },
    variants: (facts) =>
      withTime(facts, (time) => {
        const ms = inMs(time);
        if (!Number.isFinite(ms) || ms > 8e15 || time === '') return [];
        const iso = new Date(ms).toISOString();
        return [
          [String(ms), 'in milliseconds'],
          [String(Math.floor(ms / 1000)), 'in seconds'],
          [`${Math.floor(ms / 1000)}.0`, 'as a float'],
          [iso, 'in ISO 8601'],
          [iso.replace(/\.\d+Z$/, 'Z'), 'in ISO 8601 without milliseconds'],
        ] as const;
      }).filter(({ value }) => ![...value.values].every(([name, text]) => facts.values.get(name) === text)),
  },
  {
    name: 'time-missing',
    title: '{content} with {detail} in place of the time',
    change: {
      signature: 'The sender had no time when it signed: {detail}.',
      computed: "Your receiver has no time: {detail}. Read the provider's header by its name, in lower case in Node.",
    },
    variants: (facts) =>
      withTime(facts, () => [
        ['', 'nothing'],
        ['undefined', '"undefined"'],
        ['null', '"null"'],
        ['None', '"None"'],
        ['NaN', '"NaN"'],
      ]),
  },
  {
    name: 'time-changed',
    title: '{content} with another time, {detail}',
    alone: true,
    change: {
      signature: 'The time was changed after it was signed, {detail}. The request is forged, or a proxy rewrote it.',
      computed:
        'Your receiver takes another time than the one that came, {detail}: its own clock, or that of the body.',
    },
    variants: (facts) =>
      withTime(facts, (time) => {
        if (!/^\d{9,11}$/.test(time)) return [];
        return Array.from({ length: Math.min(2 * around, Math.floor(maxBytes / (facts.bytes + 1))) }, (_, i) => {
          const offset = i % 2 === 0 ? i / 2 + 1 : -(i + 1) / 2;
          return [String(Number(time) + offset), `${Math.abs(offset)} s ${offset > 0 ? 'later' : 'earlier'}`] as const;
        });
      }),
  },
];
