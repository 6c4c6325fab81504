import type { ReceivedRequest } from '../core/delivery.js';
import type { Dimension, ExplainedMistake, Side } from '../core/diagnosis.js';
import type { NameOf } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';

/** The result of a hypothesis; `detail` fills `{detail}` in its texts. */
export interface Variant<T> {
  readonly value: T;
  readonly detail?: string;
}

/** The texts of a mistake that people make; `{name}` in them is a fact of the case, `{option:key}` the name of an option. */
export interface Mistake {
  readonly name: string;
  /** A noun phrase that completes the sentence of its dimension. */
  readonly title: string;
  /** The change that fixes it: in the sender, where it explains the request's signature, and in the receiver, where it explains the computed one. */
  readonly change: Readonly<Record<Side, string>>;
}

/** A mistake that can be tried: the content or key that it would have signed with. */
export interface Hypothesis<Input, Output> extends Mistake {
  /** True for one that is not combined with others: it is rare, or costs much. */
  readonly alone?: true;
  readonly variants: (input: Input) => Iterable<Variant<Output>>;
}

/** A mistake of one dimension, with the facts that its words need. */
export interface Cause {
  readonly mistake: Mistake;
  readonly dimension: Dimension;
  readonly facts: Readonly<Record<string, string>>;
}

const sentences: Record<Dimension, Readonly<Record<Side, string>>> = {
  header: { signature: 'The {thing} is in {title}.', computed: 'Your receiver reads {title}.' },
  encoding: { signature: 'The {thing} came {title}.', computed: "Your receiver's value is {title}." },
  secret: { signature: 'It was made with {title}.', computed: "Your receiver's key is {title}." },
  body: { signature: 'It is the signature of {title}.', computed: 'Your receiver hashes {title}.' },
  content: { signature: 'It covers {title}.', computed: 'Your receiver hashes {title}.' },
  time: { signature: 'It was made for {title}.', computed: 'Your receiver hashes {title}.' },
  algorithm: { signature: 'It is {title}.', computed: 'Your receiver computes {title}.' },
  token: { signature: 'The token {title}.', computed: 'The token {title}.' },
  provider: { signature: 'It is {title}.', computed: 'Your receiver computes {title}.' },
};

/** Builds the finding of a mistake, in the words of one side, and with the user's spelling of options. */
export function toFinding({ mistake, dimension, facts }: Cause, side: Side, nameOf: NameOf): ExplainedMistake {
  const known: Record<string, string> = { thing: 'signature', ...facts };
  const fill = (text: string) =>
    text
      .replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
      .replace(/\{option:(\w+)\}/g, (_, key: string) => nameOf(key));
  const says = sentences[dimension][side].replace('{title}', () => mistake.title);
  return { name: mistake.name, dimension, says: fill(says), change: fill(mistake.change[side]) };
}

/** A request, with the facts about it. */
export interface Case {
  readonly provider: Provider;
  readonly request: ReceivedRequest;
  /** The secrets that may fit, the current one first; at least one. */
  readonly secrets: readonly Secret[];
  /** Secrets that should not fit, but may have been taken for the right one. */
  readonly others?: readonly Secret[];
  /** The providers whose requests and schemes this one may be; by default those that ship. */
  readonly providers?: readonly Provider[];
  /** The value that a receiver computed; with it the receiver's mistake is looked for. */
  readonly computed?: string;
  /** The time of the request, in milliseconds since 1970. */
  readonly now: number;
  /** The maximum distance of a signed time from it. */
  readonly toleranceMs: number;
  /** Spells the options in advice as the user does. */
  readonly nameOf: NameOf;
  /** True for a request that was just received, byte for byte, and was never saved. */
  readonly isLive?: true;
  /** Called often while it searches, which lets no timer run. */
  readonly onWork?: () => void;
  /** Remarks on the capture. */
  readonly notes?: readonly string[];
}
