import type { Template } from '../../core/template.js';
import { bodyTemplate, type ContentHypothesis, contentChange, isBodyOnly, namesInTemplate } from './contentFacts.js';

const separators = ['.', ':', '', '\n', ',', '|', '-', ' ', '_', ';', '&', '/'];
const shown = (separator: string) =>
  separator === '' ? 'nothing' : separator === '\n' ? 'a newline' : separator === ' ' ? 'a space' : `"${separator}"`;

function joined(parts: readonly string[], separator: string): Template {
  return parts.flatMap((name, at) => (at === 0 || separator === '' ? [{ name }] : [{ text: separator }, { name }]));
}

/** The parts of the scheme's content, joined in another way or not all of them. */
export const contentParts: readonly ContentHypothesis[] = [
  {
    name: 'content-body-only',
    title: 'the body alone, without {content}',
    change: {
      signature: '{provider} signs {content}; this covers the body alone. Is it another version of the scheme?',
      computed: 'Your receiver hashes the body alone. Hash {content}, with the values of the headers.',
    },
    variants: ({ template }) =>
      isBodyOnly(template) || !namesInTemplate(template).includes('body')
        ? []
        : [{ value: contentChange(bodyTemplate) }],
  },
  {
    name: 'content-separator',
    title: 'the parts of {content} with {detail} between them',
    change: {
      signature: '{provider} signs {content}, to the character.',
      computed: 'Your receiver puts {detail} between the parts. Hash {content}, to the character.',
    },
    variants: ({ template }) =>
      namesInTemplate(template).length < 2
        ? []
        : [
            ...separators.map((separator) => ({
              value: contentChange(joined(namesInTemplate(template), separator)),
              detail: shown(separator),
            })),
            ...separators.flatMap((separator) => {
              const [first, ...rest] = template;
              return first && 'text' in first
                ? [
                    {
                      value: contentChange([
                        { text: first.text.replace(/\W+$/, '') + separator },
                        ...joined(namesInTemplate(rest), separator),
                      ]),
                      detail: shown(separator),
                    },
                  ]
                : [];
            }),
          ],
  },
  {
    name: 'content-order',
    title: 'the parts of {content} in another order ({detail})',
    change: {
      signature: '{provider} signs {content}, in that order.',
      computed: 'Your receiver joins the parts in another order. Hash {content}.',
    },
    variants: ({ template }) => {
      // A secret that is hashed with the rest keeps its place.
      const names = namesInTemplate(template);
      const at = names.indexOf('secret');
      const parts = names.filter((name) => name !== 'secret');
      if (parts.length < 2 || parts.length > 3) return [];
      return permutations(parts)
        .slice(1)
        .map((order) => (at === -1 ? order : order.toSpliced(at, 0, 'secret')))
        .flatMap((order) =>
          ['.', ':', ''].map((separator) => ({
            value: contentChange(joined(order, separator)),
            detail: order.join(', '),
          })),
        );
    },
  },
  {
    name: 'content-part-missing',
    title: '{content} without {detail}',
    change: {
      signature: '{provider} signs {content}, {detail} included.',
      computed: 'Your receiver leaves {detail} out. Hash {content}.',
    },
    variants: ({ template }) => {
      const parts = namesInTemplate(template);
      if (parts.length < 3) return [];
      return parts
        .filter((part) => part !== 'body')
        .map((left) => ({
          value: contentChange(
            joined(
              parts.filter((part) => part !== left),
              '.',
            ),
          ),
          detail: left,
        }));
    },
  },
];

function permutations(items: readonly string[]): string[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
