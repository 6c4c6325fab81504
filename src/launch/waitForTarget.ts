import type { AttemptError } from '../core/attempt.js';
import type { Header } from '../core/delivery.js';
import { formatDuration } from '../core/duration.js';
import type { NamedRoute } from '../core/route.js';
import { maskAddress } from '../core/secretParameters.js';
import { version } from '../core/version.js';
import type { Clock } from '../core/world.js';
import { splitCredentials } from '../delivery/source.js';
import { planConnection } from '../transport/connectionPlan.js';
import { parseEndpoint } from '../transport/endpoint.js';
import { probe, probeConnection } from '../transport/probeConnection.js';
import { Transport } from '../transport/transport.js';
import type { ReadinessProbe, Wait } from './readWait.js';
import type { Started } from './startProgram.js';

/** The result of a wait; a `message` is one sentence without its full stop and without text of the receiver's. */
export type Waited =
  | { readonly ready: true; readonly tookMs: number }
  | {
      readonly ready: false;
      readonly tookMs: number;
      /** The limit passed, the program that was started has ended, or this one was given to end. */
      readonly because: 'late' | 'ended' | 'interrupted';
      readonly message: string;
    };

/** The event to wait for, and what ends the wait before its limit. */
export interface Awaited extends Omit<ProbeTarget, 'headers'>, Partial<Pick<ProbeTarget, 'headers'>> {
  readonly wait: Wait;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The program started as the target; null where it ran already. */
  readonly program: Pick<Started, 'ended'> | null;
}

interface Early {
  readonly because: 'ended' | 'interrupted';
  readonly message: string;
}

const firstPauseMs = 20;
const longestPauseMs = 250;
/** Milliseconds that the first try may take; each that took longer doubles them, so that both a lost and a slow answer end well. */
const firstPatienceMs = 2000;

/** Probes a target repeatedly until it is ready; a failure is a value. */
export async function waitForTarget({ wait, clock, signal, program, headers = [], ...to }: Awaited): Promise<Waited> {
  const { limitMs, answer } = wait;
  const probe = answer === null ? connectionProbe({ ...to, headers }) : answerProbe({ ...to, headers }, answer);
  const startedAt = clock.now();
  const passedMs = () => Math.max(0, clock.now() - startedAt);
  /** Aborted with what ends the wait before it is over. */
  const over = new AbortController();
  const end = (because: Early['because'], message: string) => over.abort({ because, message } satisfies Early);
  const interrupt = () => end('interrupted', `waiting for ${probe.shown} was interrupted`);
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt);
  program?.ended(over.signal).then((how) => end('ended', `${how} before ${probe.shown} was ready`));
  const ended = new Promise<null>((resolve) => over.signal.addEventListener('abort', () => resolve(null)));
  let patienceMs = firstPatienceMs;
  let pauseMs = firstPauseMs;
  let why: string | undefined;
  try {
    while (!over.signal.aborted) {
      const left = limitMs - passedMs();
      if (left <= 0) {
        const message = `${probe.shown} was not ready after ${formatDuration(limitMs)}: ${why}`;
        return { ready: false, tookMs: passedMs(), because: 'late', message };
      }
      const result = await Promise.race([probe.ask(Math.min(patienceMs, left)), ended]);
      if (over.signal.aborted) break;
      if (result === null) return { ready: true, tookMs: passedMs() };
      const { kind, message } = result;
      // A probe cut short by the time limit says less than the one before it.
      if (why === undefined || kind !== 'timed_out' || left >= patienceMs) why = message;
      if (kind === 'timed_out') patienceMs *= 2;
      await clock.sleep(Math.min(pauseMs, Math.max(0, limitMs - passedMs())), over.signal).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    return { ready: false, tookMs: passedMs(), ...(over.signal.reason as Early) };
  } finally {
    signal.removeEventListener('abort', interrupt);
    over.abort();
    probe.close();
  }
}

/** One way to find out whether a target is ready. */
interface TargetProbe {
  /** The address of the probe, for people. */
  readonly shown: string;
  /** Probes once: null where it is ready, else the error. */
  ask(limitMs: number): Promise<Pick<AttemptError, 'kind' | 'message'> | null>;
  close(): void;
}

/** The address of a probe, and the route to it. */
interface ProbeTarget {
  readonly url: string;
  readonly route: NamedRoute;
  /** The headers of the target; a URL elsewhere is requested without them. */
  readonly headers: readonly Header[];
}

/** Is ready when the target accepts a connection. */
function connectionProbe({ url, route }: ProbeTarget): TargetProbe {
  const { address } = planConnection(parseEndpoint(url), route).spot;
  return { shown: address, ask: (limitMs) => probeConnection(url, route, limitMs), close() {} };
}

/** Ready when an address gives the answer that is awaited. */
function answerProbe(target: ProbeTarget, { address, accepts, status: awaited }: ReadinessProbe): TargetProbe {
  const base = new URL(target.url);
  const probeUrl = new URL(address, base);
  if (address.startsWith('/')) Object.assign(probeUrl, { username: base.username, password: base.password });
  const { url, credentials } = splitCredentials(probeUrl.href);
  const own: Header[] = [
    ['Accept', '*/*'],
    ['User-Agent', `webhook-sim/${version}`],
  ];
  const headers = [...own, ...credentials, ...(probeUrl.origin === base.origin ? target.headers : [])];
  const transport = new Transport({ route: target.route });
  return {
    shown: maskAddress(url),
    async ask(limitMs) {
      const { status, error } = await transport.send({ ...probe, method: 'GET', url, headers }, limitMs);
      if (error || status === null) return error;
      return accepts(status) ? null : { kind: 'broken', message: `it answered ${status}, and not ${awaited}` };
    },
    close: () => transport.close(),
  };
}
