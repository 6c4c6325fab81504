import { listenOptions } from '../../options/listen.js';
import type { BesideOptions, MakingOptions, ProjectOptions, WaitingOptions } from '../project/callOptions.js';
import { omitOptions } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';

/** The webhooks to listen for, and the answers to them. */
export interface ListenOptions
  extends Pick<MakingOptions, 'secret'>,
    Pick<WaitingOptions, 'signal'>,
    Pick<BesideOptions, 'log'>,
    ProjectOptions {
  /** The provider of the webhooks: a name, or a custom one; by default each is recognized by its headers. */
  readonly provider?: AnyProvider;
  /** Any free port by default. */
  readonly port?: number;
  /** An address of this machine in place of `127.0.0.1`. */
  readonly host?: string;
  /** The address by which providers know the listener, where they sign it. */
  readonly publicUrl?: string | URL;
  /** Judges the sender: the name of a provider, or a file that describes it. */
  readonly expectSender?: string;
  /** The status of the answers; 200 by default. */
  readonly status?: number;
  /** A file with the body of the answers. */
  readonly answer?: string;
  /** The delay of each answer: milliseconds, or a duration. */
  readonly delay?: string | number;
  /** The first answers: `500,timeout,200` or `500x3,reset`. */
  readonly script?: string;
  /** Answers 401 to what does not verify. */
  readonly reject?: boolean;
  /** An address, or a target of the config, that gets the same bytes, and whose answer is handed back. */
  readonly forward?: string;
  /** Ends when events of these names, or patterns, have come. */
  readonly until?: string | readonly string[];
  /** Ends after so many requests. */
  readonly count?: number;
  /** Ends after this time: milliseconds, or a duration; with `until` and `count` after a minute by default. */
  readonly timeout?: string | number;
}

/** The options that the command has, too. */
export const listenCall = omitOptions(listenOptions, ['json', 'quiet', 'verbose', 'report', 'save']);

/** Those that only a call has. */
export const listenKeys = ['provider', 'signal'] as const;
