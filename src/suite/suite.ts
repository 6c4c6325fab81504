import type { CaptureSpec } from '../core/flow.js';
import type { Plain } from '../core/plain.js';
import type { SecretReference } from '../core/secret.js';

/** Conditions on a text; all that are given must hold. */
export interface TextMatcher {
  readonly equals?: string;
  readonly contains?: string;
  /** Source of a regular expression. */
  readonly matches?: string;
  /** True: there must be none; false: there must be one. */
  readonly absent?: boolean;
}

/** Conditions on a member of an answer's JSON; all that are given must hold. */
export interface ValueMatcher extends Omit<TextMatcher, 'equals'> {
  readonly equals?: Plain;
}

export interface BodyMatcher extends Omit<TextMatcher, 'absent'> {
  /** By path (`data.items[0].id`): the value that must be there, or what it must be like. */
  readonly json?: { readonly [path: string]: Plain | ValueMatcher };
}

/** Expectations of the answers of a case. */
export interface Expectations {
  /** `2xx`, `401`, or several. */
  readonly status?: string | number | readonly (string | number)[];
  readonly outcome?: 'accepted' | 'rejected' | 'timed_out' | 'broken' | 'unreachable';
  /** By name: the value, or what it must be like. */
  readonly header?: { readonly [name: string]: string | TextMatcher };
  readonly body?: string | BodyMatcher;
  /** Milliseconds that an attempt may take; by default the provider's own time limit. */
  readonly maxMs?: number;
  /** The worst grade that a check may come to; by default any without a failed case. */
  readonly grade?: 'A' | 'B' | 'C' | 'D' | 'F';
}

/** A shorter form of a case's expectations is the status alone. */
export type Expected = Expectations | string | number;

/** The flags that more than one command has, as keys. */
interface SharedKeys {
  readonly to?: string;
  readonly secret?: SecretReference | readonly SecretReference[];
  readonly timeout?: string;
  readonly variant?: string;
  /** The form of the deliveries, where their provider has several. */
  readonly mode?: string;
  /** By name; `env:NAME` is read from the environment, an empty text leaves the header out. */
  readonly header?: { readonly [name: string]: string };
  readonly seed?: number;
  readonly now?: string | number;
  readonly insecure?: boolean;
  readonly cacert?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly proxy?: string;
  readonly unixSocket?: string;
  readonly resolve?: { readonly [host: string]: string };
  /** False opens a connection for each delivery, which is closed after its answer. */
  readonly keepAlive?: boolean;
  /** The address by which the provider knows the receiver, where that is another. */
  readonly publicUrl?: string;
}

interface SendKeys {
  /** By path. A text keeps the type of what it replaces, as `--set path=value` does; anything else is set as it is. */
  readonly set?: { readonly [path: string]: Plain };
  readonly unset?: string | readonly string[];
  readonly data?: string;
  readonly raw?: string;
  /** A captured request to send: a file, or a delivery of the log. */
  readonly from?: string;
  /** The number of the request in the capture, from 1. */
  readonly entry?: number;
  readonly forge?: string;
  readonly dialect?: string;
  readonly fresh?: 'ids' | 'all';
  readonly exact?: boolean;
  readonly count?: number;
  readonly concurrency?: number;
  readonly retry?: boolean;
  readonly schedule?: string;
  readonly speed?: string;
  readonly duplicate?: number;
  readonly fault?: string;
}

interface HandshakeKeys {
  /** The receiver owner's texts by name, such as a verify token. */
  readonly value?: { readonly [name: string]: SecretReference };
}

interface CheckKeys {
  readonly only?: string | readonly string[];
  readonly skip?: string | readonly string[];
  readonly allEvents?: boolean;
  /** The receiver is ours to attack, wherever it is. */
  readonly allowRemote?: boolean;
  readonly budget?: string;
}

interface FlowKeys {
  readonly order?: 'natural' | 'reversed' | 'shuffled';
  readonly drop?: string | readonly string[];
  readonly jitter?: string;
  readonly duplicate?: number;
  readonly concurrency?: number;
  readonly speed?: string;
  readonly probe?: string;
  readonly orders?: boolean;
}

interface LoadKeys {
  /** Arrivals per second: `500/s`, or a ramp `50/s..2000/s`. */
  readonly rate?: string;
  readonly for?: string;
  readonly stages?: string | readonly string[];
  readonly arrivals?: 'constant' | 'poisson';
  readonly also?: string | readonly string[];
  readonly flows?: string | readonly string[];
  readonly maxInFlight?: number;
  readonly workers?: number;
  readonly warmUp?: string;
  readonly duplicates?: string | number;
  readonly faults?: string | readonly string[];
  readonly maxLatency?: string | readonly string[];
  readonly maxFailed?: string | number;
  readonly minRate?: string;
  readonly baseline?: string;
  readonly tolerance?: string | number;
}

/** One case of a suite: exactly one of `send`, `check`, `flow`, `handshake` and `load`, with the flags of that command as keys. */
export interface SuiteCase extends SharedKeys, SendKeys, HandshakeKeys, CheckKeys, FlowKeys, LoadKeys {
  readonly name?: string;
  /** A provider and one or more events, as typed after `send`; a provider alone where `from` determines the event. */
  readonly send?: string;
  /** A provider and perhaps an event, as typed after `check`. */
  readonly check?: string;
  /** A provider and one of its flows, as typed after `flow`, or the name of a flow of the config. */
  readonly flow?: string;
  /** A provider and perhaps some of its handshakes, as typed after `handshake`. */
  readonly handshake?: string;
  /** A provider and its events with their weights, as typed after `load`. */
  readonly load?: string;
  /** True, or why: it is reported as skipped and not run. */
  readonly disabled?: boolean | string;
  /** The number of times it is run. */
  readonly repeat?: number;
  readonly expect?: Expected;
  /** Values for later cases, which name them as `${name}`. */
  readonly capture?: { readonly [name: string]: CaptureSpec };
}

/** Defaults for all cases, unless they set their own. */
export type SuiteDefaults = Omit<SharedKeys, 'to'> & Pick<SuiteCase, 'expect'>;

/** A suite as its file holds it. */
export interface Suite {
  /** URL or path of the JSON Schema, for editors. */
  readonly $schema?: string;
  /** The target of cases that name none: a name of the config's targets, an address, or `demo`. */
  readonly target?: string;
  /** Values that any text of a case names as `${name}`; `env:NAME` is read from the environment. */
  readonly vars?: { readonly [name: string]: string | number | boolean };
  readonly defaults?: SuiteDefaults;
  /** Cases in progress at once; by default one, in the order of the file. */
  readonly concurrency?: number;
  readonly cases: readonly SuiteCase[];
}
