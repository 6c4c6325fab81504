import { formatPath } from '../../json/path.js';
import type { Variant } from '../hypothesis.js';
import {
  type ContentChange,
  type ContentFacts,
  type ContentHypothesis,
  contentChange,
  type FieldsSpec,
} from './contentFacts.js';

type Other = readonly [spec: FieldsSpec, detail: string];

/** The content with another text for each value that is made of several fields. */
function withFields(facts: ContentFacts, others: (spec: FieldsSpec) => readonly Other[]) {
  const { template, fields, other } = facts;
  return fields.flatMap(({ name, spec }) => {
    const right = other(spec);
    return others(spec).flatMap(([changed, detail]): Variant<ContentChange>[] => {
      const text = other(changed);
      if (text === undefined || text === right) return [];
      return [{ value: contentChange(template, new Map([[name, text]])), detail }];
    });
  });
}

const separators = ['', ':', ',', '|', '&', ';', '.', '\n', ' '];
const shown = (text: string) => (text === '' ? 'nothing' : text === '\n' ? 'a newline' : `"${text}"`);
const lastKey = (path: string) => path.slice(path.lastIndexOf('.') + 1);
const sameFields = '{provider} signs {content}, in that order and to the character.';

/** Other ways in which fields of the body may have been combined. */
export const contentFields: readonly ContentHypothesis[] = [
  {
    name: 'fields-empty',
    title: '{content} with fields that are not there {detail}',
    change: { signature: sameFields, computed: `Your receiver has fields that are not there {detail}. ${sameFields}` },
    variants: (facts) =>
      withFields(facts, (spec) => [
        spec.absent === 'empty'
          ? [{ ...spec, absent: 'left out' }, 'left out, and not empty']
          : [{ ...spec, absent: 'empty' }, 'as empty ones'],
      ]),
  },
  {
    name: 'fields-separator',
    title: '{content} with {detail} between the fields',
    change: { signature: sameFields, computed: `Your receiver puts {detail} between the fields. ${sameFields}` },
    variants: (facts) =>
      withFields(facts, (spec) => separators.map((join) => [{ ...spec, join }, shown(join)] as const)),
  },
  {
    name: 'fields-order',
    title: '{content} with the fields {detail}',
    change: { signature: sameFields, computed: `Your receiver takes the fields {detail}. ${sameFields}` },
    variants: (facts) =>
      withFields(facts, (spec): Other[] => {
        const inBody = facts.order.map((key) => formatPath([key]));
        if (spec.paths === 'sorted') return [[{ ...spec, paths: 'all' }, 'in the order of the body']];
        if (spec.paths === 'all') return [[{ ...spec, paths: 'sorted' }, 'sorted by name']];
        const byName = [...spec.paths].sort((a, b) => (lastKey(a) < lastKey(b) ? -1 : 1));
        const first = spec.paths.filter((path) => inBody.includes(path));
        return [
          [{ ...spec, paths: byName }, 'sorted by name'],
          [{ ...spec, paths: inBody.filter((path) => first.includes(path)) }, 'in the order of the body'],
          [{ ...spec, paths: [...spec.paths].reverse() }, 'from the last to the first'],
        ];
      }),
  },
  {
    name: 'fields-form',
    title: '{content} with each field written {detail}',
    change: { signature: sameFields, computed: `Your receiver writes each field {detail}. ${sameFields}` },
    variants: (facts) =>
      withFields(facts, (spec) =>
        ['{value}', '{name}{value}', '{name}={value}', '{name}:{value}', '{name}\n{value}\n', '{value}\n']
          .filter((each) => each !== spec.each)
          .map((each) => [{ ...spec, each }, JSON.stringify(each)] as const),
      ),
  },
  {
    name: 'fields-missing',
    title: '{content} without {detail}',
    change: { signature: sameFields, computed: `Your receiver leaves {detail} out. ${sameFields}` },
    variants: (facts) =>
      withFields(facts, (spec): Other[] => {
        const paths =
          typeof spec.paths === 'string' ? [...facts.order].sort().map((key) => formatPath([key])) : spec.paths;
        return [
          ...paths.map((left): Other => [{ ...spec, paths: paths.filter((path) => path !== left) }, lastKey(left)]),
          [{ ...spec, paths: [] }, 'any of the fields'],
        ];
      }),
  },
  {
    name: 'fields-escaped',
    title: '{content} with a backslash before each {detail} of the values',
    change: {
      signature: 'That is an older way, which {provider} has no longer: the values are signed as they are.',
      computed: 'Your receiver escapes {detail} in the values. Take them as they are.',
    },
    variants: ({ template, fields, other }) =>
      fields.flatMap(({ name, spec }) => {
        const texts = typeof spec.paths === 'string' ? [] : spec.paths.map((path) => other({ ...spec, paths: [path] }));
        if (!texts.some((text) => text?.includes(':'))) return [];
        const text = texts.map((each) => (each ?? '').replace(/[\\:]/g, '\\$&')).join(spec.join);
        return [{ value: contentChange(template, new Map([[name, text]])), detail: 'colon' }];
      }),
  },
];
