import { freshIdentity, type IdentityKind } from '../core/identity.js';
import { seededRandom } from '../core/random.js';
import { hashText } from './fieldContext.js';

/** The form of an id. */
export interface IdForm {
  readonly kind: Extract<IdentityKind, 'uuid4' | 'uuid4hex' | 'hex' | 'alphanumeric' | 'digits' | 'ulid' | 'capitals'>;
  readonly prefix?: string;
  /** Without the prefix. */
  readonly length?: number;
}

/** An id in the samples, without its prefix. */
export interface UsedId {
  readonly kind: IdForm['kind'];
  readonly literal: string;
}

const lengths: Readonly<Record<IdForm['kind'], number>> = {
  uuid4: 36,
  uuid4hex: 32,
  hex: 40,
  alphanumeric: 16,
  digits: 9,
  ulid: 26,
  capitals: 16,
};

/** The first time for ids that contain one. */
const firstMs = Date.UTC(2026, 0, 14, 9, 30);

/** The ids of all samples of a provider: the same thing has the same one in each of them. */
export class SampleIds {
  readonly #used = new Map<string, UsedId>();

  /** `known` has ids of things, or prefixes of ids, which end with `_` or `-`. */
  constructor(
    readonly seed: number,
    readonly known: Readonly<Record<string, string>> = {},
  ) {}

  /** Returns whether the id of a thing, or its form, was given. */
  isKnown(noun: string): boolean {
    return Object.hasOwn(this.known, noun);
  }

  /** The id of a thing: always the same text for the same thing and form. */
  idOf(thing: string, form: IdForm): string {
    const given = this.#givenId(thing, form);
    if (typeof given === 'string') return given;
    const { kind, prefix = '', length = lengths[kind] } = given;
    const key = `${kind} ${length} ${thing}`;
    const literal = this.#used.get(key)?.literal ?? this.#make(key, kind, length);
    this.#used.set(key, { kind, literal });
    return prefix + literal;
  }

  /** A whole number as the id of a thing. */
  numberOf(thing: string, digits = 9): number {
    return Number(this.idOf(thing, { kind: 'digits', length: Math.min(digits, 15) }));
  }

  /** Returns the generated ids; long ones only, which are unambiguous in a text. */
  used(): UsedId[] {
    return [...this.#used.values()].filter(({ literal }) => literal.length >= 8);
  }

  /** Returns the id that was given for a thing, or its form. */
  #givenId(thing: string, form: IdForm): string | IdForm {
    const noun = thing.replace(/ .*$/, '');
    const given = form.kind === 'alphanumeric' && Object.hasOwn(this.known, noun) ? this.known[noun]! : '';
    const [, prefix = '', literal = ''] = /^((?:[A-Za-z]+[_-])*)(.*)$/.exec(given)!;
    if (given === '') return form;
    if (literal === '' || (thing !== noun && noun !== 'event')) {
      return { ...form, prefix, ...(literal !== '' && { length: literal.length }) };
    }
    this.#used.set(`given ${thing}`, { kind: form.kind, literal });
    return given;
  }

  #make(key: string, kind: IdForm['kind'], length: number): string {
    const random = seededRandom(hashText(`${this.seed} ${key}`));
    const text = freshIdentity({ kind, length, ms: firstMs }, random);
    // A number that is written without quotes can't begin with 0.
    return kind === 'digits' ? text.replace(/^0/, '4') : text;
  }
}

/** A prefix of three or four letters for the ids of a thing: `cust_` for a customer. */
export function idPrefix(noun: string): string {
  const words = noun.split('_').filter((word) => /^[a-z]/.test(word));
  if (words.length === 0) return 'id_';
  if (words.length > 1)
    return `${words
      .map((word) => word[0])
      .slice(-3)
      .join('')}_`;
  const word = words[0]!;
  return `${word.length <= 5 ? word : word.slice(0, 4)}_`;
}
