import { parseTimeLimit } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { printable } from '../core/printable.js';
import { parseStatusRule, type StatusRule } from '../core/status.js';
import { parseTarget } from '../core/target.js';
import type { NameOf } from '../options/option.js';

/** The event to wait for before anything is sent, and the time limit. */
export interface Wait {
  readonly limitMs: number;
  /** An address that has to answer; null where it is enough that the target takes connections. */
  readonly answer: ReadinessProbe | null;
}

/** An address that has to answer with a status. */
export interface ReadinessProbe {
  /** A path of the target, such as `/health`, or a URL. */
  readonly address: string;
  readonly accepts: StatusRule;
  /** The rule in words. */
  readonly status: string;
}

/** The options that make a run wait, as typed. */
export interface WaitFlags {
  readonly wait?: string | undefined;
  /** `/health`, a URL, or one of them after a status: `204:/health`. */
  readonly waitFor?: string | undefined;
  /** The program that is started and its arguments; none where the receiver is there. */
  readonly command?: readonly string[];
  readonly nameOf: NameOf;
}

const defaultLimitMs = 60_000;

/** Reads what to wait for; null for nothing. A started receiver is always waited for. */
export function readWait({ wait, waitFor, command = [], nameOf }: WaitFlags): Wait | null {
  const limitMs = wait === undefined ? defaultLimitMs : parseTimeLimit(wait, nameOf('wait'));
  const answer = waitFor === undefined ? null : readAnswer(waitFor.trim(), nameOf('waitFor'));
  return wait === undefined && answer === null && command.length === 0 ? null : { limitMs, answer };
}

function readAnswer(text: string, what: string): ReadinessProbe {
  const [, status, address = ''] = /^(?:([1-5](?:xx|\d\d)(?:,[^:/]*)?):(?=[/a-z]))?(.*)$/is.exec(text) ?? [];
  const accepts = parseStatusRule(status ?? '2xx,3xx', what);
  return { address: readAddress(address, what), accepts, status: status?.replaceAll(',', ' or ') ?? '2xx or 3xx' };
}

function readAddress(text: string, what: string): string {
  if (/^\/(?![/\\])[^\0-\x20\x7f]*$/.test(text)) return text;
  try {
    const target = parseTarget(text, []);
    if ('url' in target) return target.url;
  } catch {
    // It is reported below, with the accepted forms.
  }
  // What may be a password is not shown.
  const shown = printable(text.replace(/^.*@/s, '…@'));
  throw new UsageError(
    'BAD_WAIT_FOR',
    `${what}: "${shown}" is neither a path nor a URL. Write /health, a whole URL, or either after the status that is awaited: 204:/health.`,
  );
}
