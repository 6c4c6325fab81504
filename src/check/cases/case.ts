import type { CaseClass } from '../../core/check.js';
import type { Header } from '../../core/delivery.js';
import type { Requirement } from '../../core/forgery.js';
import type { JsonDialect, Provider } from '../../core/provider.js';
import type { Random } from '../../core/random.js';
import type { Secret } from '../../core/secret.js';
import type { AdviceText } from '../adviceText.js';

/** The deviation of a body from the event as its provider sends it. */
export type CaseBody =
  /** A text that people write (a name, a title) is this one. */
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'dialect'; readonly dialect: JsonDialect }
  /** Written into the object before its end: JSON members, the comma between them left to us. */
  | { readonly is: 'members'; readonly json: string }
  | { readonly is: 'padded'; readonly toBytes: number }
  | { readonly is: 'nested'; readonly levels: number }
  /** The middle of the body, where chunked transfer divides it, is inside of a character. */
  | { readonly is: 'divided character' }
  | { readonly is: 'unknown event' }
  | { readonly is: 'another event'; readonly event: string }
  /** The first other event of the provider of which there is a sample. */
  | { readonly is: 'any other event' }
  /** The event under this name instead of its own. */
  | { readonly is: 'named event'; readonly event: string }
  /** Its first half. */
  | { readonly is: 'cut' }
  | { readonly is: 'invalid UTF-8' }
  | { readonly is: 'duplicate keys' }
  /** These bytes, whatever the event. */
  | { readonly is: 'exactly'; readonly text: string };

/** The deviation from the provider's request on the wire; the signature still holds. */
export type CaseWire =
  | { readonly is: 'lower-case names' }
  | { readonly is: 'content type'; readonly value: string }
  /** The provider's own Content-Type with a charset. */
  | { readonly is: 'charset' }
  | { readonly is: 'respelled signature' }
  | { readonly is: 'suffixed signature' }
  | { readonly is: 'method'; readonly method: string }
  | { readonly is: 'no content type' }
  /** The body as the field `payload` of a form. */
  | { readonly is: 'form' }
  | { readonly is: 'gzip' }
  /** A GET request with the body in its query. */
  | { readonly is: 'query' }
  /** The signature is moved from its header or field into the query, into members of the body or into headers. */
  | { readonly is: 'signature in query' }
  | { readonly is: 'signature in body' }
  | { readonly is: 'signature in header' };

/** Genuine deliveries and forgeries in one case: the same delivery each time, one after the other, or fresh ones at once. */
export interface CaseSequence {
  readonly of: readonly ('genuine' | 'forged')[];
  readonly are: 'the same' | 'at once';
}

/** One case of a check, as data. */
export interface CheckCase {
  readonly name: string;
  readonly class: CaseClass;
  /** The request, in a few words. */
  readonly sent: string;
  readonly why: AdviceText;
  readonly fix: AdviceText;
  /** The forgery of that name is sent. */
  readonly forge?: string;
  readonly body?: CaseBody;
  readonly wire?: CaseWire;
  readonly framing?: 'chunked';
  /** The body whose signature a forgery takes is that of the delivery that was accepted first. */
  readonly takesEarlierSignature?: true;
  /** The number of times it is sent: the same delivery one after the other, or fresh ones at once. */
  readonly copies?: { readonly count: number; readonly are: 'the same' | 'at once' };
  /** A problem with it is only a remark. */
  readonly remarkOnly?: true;
  /** Genuine cases that bring a receiver down for the same cause, which is named once. */
  readonly failsLike?: readonly string[];
  /** Statuses that are a remark at most where they are not fine. */
  readonly mild?: readonly number[];
  /** Statuses beyond the class's own rule that are fine. */
  readonly fine?: readonly number[];
  /** A problem with it is only a remark where the documented verifier hashes the body written again. */
  readonly restringified?: true;
  /** A problem with it is only a remark where the receiver compares decoded signatures: there it is a question of spelling. */
  readonly spelling?: true;
  /** A problem with it is only a remark where the receiver verifies a signature of the provider's that does not cover the time. */
  readonly ofTime?: true;
  /** Accepted only where the answer is that to a genuine delivery: a page that is there for other methods is none. */
  readonly likeGenuine?: true;
  /** If it is accepted, the same request is sent without its payload: a page that accepts any request answers both alike. */
  readonly comparesEmpty?: true;
  /** The connection may be closed without an answer: so much need not be read. */
  readonly mayBeCutOff?: true;
  readonly sequence?: CaseSequence;
  /** It is a delivery of another provider, signed as that one signs. */
  readonly isForeign?: true;
  /** Signed so many seconds ago. */
  readonly ageSeconds?: number;
  /** It is judged by the result of all others, or measured: how old a signed time may be. */
  readonly judges?: 'leaks' | 'freshness' | 'foreign key';
  /** The address of the key that it names. */
  readonly foreignKeyUrl?: string;
  readonly requires?: Requirement;
  /** Accepted, it is a remark at most: no hole, or no worse than the provider's own verifier. */
  readonly advisory?: boolean;
  /** Whatever its class, it must be accepted. */
  readonly expects?: 'acceptance';
  /** Nothing else is in progress while it is sent: it may bring the receiver down. */
  readonly alone?: true;
  /** The receiver is asked afterwards whether it still takes the plain event. */
  readonly thenPlain?: true;
}

/** Counts the deliveries of a case. */
export function countDeliveries({ copies, sequence }: CheckCase): number {
  return sequence?.of.length ?? copies?.count ?? 1;
}

/** Returns whether a case sends the event as its provider does, so that an answer of 2xx to it can be no rejection. */
export function isUnchanged({
  body,
  wire,
  framing,
  forge,
  sequence,
  judges,
  isForeign,
  ageSeconds,
}: CheckCase): boolean {
  return ![body, wire, framing, forge, sequence, judges, isForeign, ageSeconds].some((each) => each !== undefined);
}

/** The data that all cases of a check share. */
export interface CaseSource {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
  /** The URL for an event. */
  readonly urlFor: (event: string) => string;
  /** The address by which the provider knows the receiver, where it differs. */
  readonly publicUrlFor?: (event: string) => string | undefined;
  readonly secrets: readonly Secret[];
  /** The user's own headers, with the lower-case names of those that are secret whatever their name. */
  readonly headers: readonly Header[];
  readonly secretNames: readonly string[];
  readonly random: Random;
  /** The time in deliveries, in milliseconds since 1970. */
  readonly now: () => number;
}
