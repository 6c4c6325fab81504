import type { Header } from '../../core/delivery.js';
import type { ReadValueSpec, Template } from '../../core/template.js';
import type { Hypothesis } from '../hypothesis.js';

/** The content that a signature covers besides the body, as far as the request holds it. */
export interface ContentFacts {
  readonly template: Template;
  /** The values that the request holds, by the names of templates. */
  readonly values: ReadonlyMap<string, string>;
  /** Returns a value of the request or its body; undefined where there is none. */
  readonly readValue: (name: string) => string | undefined;
  /** Names of values that are times. */
  readonly times: readonly string[];
  readonly method: string;
  readonly url: string;
  /** Headers without a signature. */
  readonly headers: readonly Header[];
  /** Bytes of the body: some hypotheses try fewer variants for a large one. */
  readonly bytes: number;
  /** The values of the template that combine several fields of the body. */
  readonly bodyDigest: () => string;
  /** The values of the template that are made of several fields of the body. */
  readonly fields: readonly { readonly name: string; readonly spec: FieldsSpec }[];
  /** Returns such a value by another rule; undefined where it can't be made. */
  readonly other: (spec: FieldsSpec) => string | undefined;
  /** The names of the outermost fields, in the order of the body. */
  readonly order: readonly string[];
}

/** A value that is made of several fields of the body. */
export type FieldsSpec = ReadValueSpec & { readonly kind: 'fields' };

/** A template of signed text with values that replace those of the request. */
export interface ContentChange {
  readonly template: Template;
  readonly values: ReadonlyMap<string, string>;
}

export type ContentHypothesis = Hypothesis<ContentFacts, ContentChange>;

/** The template of a body alone. */
export const bodyTemplate: Template = [{ name: 'body' }];

/** A plan of a template, with the values of the request where no others are given. */
export const contentChange = (template: Template, values: ReadonlyMap<string, string> = new Map()): ContentChange => ({
  template,
  values,
});

/** The names that a template holds. */
export const namesInTemplate = (template: Template) => template.flatMap((part) => ('name' in part ? [part.name] : []));

/** Returns whether a template is that of a body alone. */
export const isBodyOnly = (template: Template) => template.length === 1 && namesInTemplate(template)[0] === 'body';
