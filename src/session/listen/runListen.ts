import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt, Outcome } from '../../core/attempt.js';
import { globPattern } from '../../core/globPattern.js';
import type { ListenEnded, Listened, SenderRule } from '../../core/listened.js';
import type { DeliveryEnded } from '../../core/run.js';
import type { World } from '../../core/world.js';
import { capturedHttp } from '../../export/capturedHttp.js';
import type { DeliveryLog } from '../../history/logDeliveries.js';
import { openServer } from '../../listen/openServer.js';
import { RequestListener } from '../../listen/requestListener.js';
import { SenderChecks } from '../../listen/senderChecks.js';
import type { ReadyListen } from './prepareListen.js';

/** Callbacks for what happens. */
export interface ListenWatch {
  listening(url: string): void;
  received(listened: Listened): void;
  /** Reports a request that could not be kept. */
  warn(line: string): void;
}

/** The result of listening. */
export interface ListenOutcome {
  readonly ended: ListenEnded;
  /** The verdict on the sender that is judged; null where none is. */
  readonly rules: readonly SenderRule[] | null;
  /** The number of requests that could not be saved but had to be. */
  readonly unsaved: number;
  /** 0 where all is as it had to be, 1 where something does not verify or the sender broke a rule, 4 where what was waited for did not arrive. */
  readonly exitCode: 0 | 1 | 4;
}

/** Listens until the awaited events arrive, the time is over, or a signal arrives. Throws a UsageError where the port can't be opened. */
export async function runListen(
  ready: ReadyListen,
  log: DeliveryLog,
  watch: ListenWatch,
  io: World,
): Promise<ListenOutcome> {
  const { host, port, until, count, timeoutMs, saveTo, expected, nameOf } = ready;
  const checks = expected && new SenderChecks(expected.provider, expected.secrets, nameOf('script'));
  const awaited = new Set(until);
  const patterns = new Map(until.map((text) => [text, globPattern(text)]));
  const end = new AbortController();
  let received = 0;
  let judged: Promise<void> = Promise.resolve();
  let unsaved = 0;
  const listener = new RequestListener({
    ...ready.listener,
    onListened: (listened) => {
      received++;
      if (checks) judged = judged.then(() => checks.add(listened));
      watch.received(listened);
      log.addReceived(asDelivery(listened), listened.provider?.name ?? null);
      if (saveTo !== null) {
        try {
          save(listened, saveTo);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (++unsaved === 1) watch.warn(`Requests can't be saved in ${saveTo} (${code}).`);
        }
      }
      for (const [text, pattern] of patterns) {
        if (listened.event !== null && pattern.test(listened.event.name)) awaited.delete(text);
      }
      const isThere = until.length > 0 && awaited.size === 0;
      if ((until.length > 0 && isThere) || (count !== null && received >= count)) end.abort();
    },
  });
  const server = await openServer({
    host,
    port,
    portOption: nameOf('port'),
    now: io.clock.now,
    onRequest: (request) => listener.take(request),
  });
  try {
    watch.listening(server.url);
    const stop = AbortSignal.any([end.signal, io.interrupted]);
    if (timeoutMs === null) await waitForAbort(stop);
    else await io.clock.sleep(timeoutMs, stop).catch(() => {});
    await listener.settle();
    await judged;
  } finally {
    await server.close();
    ready.close();
    log.close();
  }
  const missing = missingText(awaited, until, { count, received });
  const isOver = count !== null && until.length === 0 ? received >= count : until.length > 0 && awaited.size === 0;
  const ended = listener.summary({
    missing:
      isOver || io.interrupted.aborted
        ? null
        : (missing ?? (timeoutMs !== null && received === 0 ? 'any request' : null)),
    interrupted: io.interrupted.aborted && !isOver,
  });
  const rules = checks?.rules() ?? null;
  return { ended, rules, unsaved, exitCode: exitCodeOf(ended, rules) };
}

function exitCodeOf(ended: ListenEnded, rules: readonly SenderRule[] | null): ListenOutcome['exitCode'] {
  if (ended.missing !== null) return 4;
  return ended.false > 0 || rules?.some(({ ok }) => ok === false) ? 1 : 0;
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function missingText(
  awaited: ReadonlySet<string>,
  until: readonly string[],
  { count, received }: { readonly count: number | null; readonly received: number },
): string | null {
  if (until.length > 0 && awaited.size > 0) return [...awaited].join(', ');
  if (until.length === 0 && count !== null && received < count) return `${count - received} of ${count} requests`;
  return null;
}

function save({ request, provider, event }: Listened, folder: string): void {
  const words = [String(request.number).padStart(5, '0'), provider?.name, event?.name].filter(
    (word) => word !== undefined,
  );
  const name = words
    .join('-')
    .replace(/[^A-Za-z0-9._-]/g, '_')
    .slice(0, 120);
  for (let again = 1; ; again++) {
    try {
      // Those of an earlier run stay.
      const file = again === 1 ? name : `${name}-${again}`;
      writeFileSync(join(folder, `${file}.http`), capturedHttp(request), { mode: 0o600, flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const outcomeOf = { timeout: 'timed_out', reset: 'broken' } as const;

/** Returns a received request as its sender would log it. */
function asDelivery({
  request,
  provider,
  event,
  deliveryId,
  verdict,
  secretHeaders,
  secretParameters,
  answer,
}: Listened): DeliveryEnded {
  const { method, url, headers, body, at, number, remoteAddress } = request;
  const outcome: Outcome =
    answer.is === 'timeout' || answer.is === 'reset'
      ? outcomeOf[answer.is]
      : answer.status !== null && answer.status < 300
        ? 'accepted'
        : 'rejected';
  const unanswered = answer.status === null;
  const attempt: Attempt = {
    number: 1,
    scheduledAtMs: 0,
    startedAt: new Date(at).toISOString(),
    remoteAddress,
    status: answer.status,
    timing: { ...nothing, totalMs: answer.ms, waitMs: answer.ms },
    response: unanswered
      ? null
      : { headers: [], bytes: answer.bytes, body: new Uint8Array(), truncated: answer.bytes > 0 },
    error: unanswered
      ? {
          kind: answer.is === 'timeout' ? 'timed_out' : 'broken',
          code: answer.is === 'timeout' ? 'NOT_ANSWERED' : 'CONNECTION_RESET',
          phase: 'wait',
          message: 'The listener did so deliberately.',
        }
      : null,
  };
  return {
    type: 'delivery',
    delivery: {
      id: deliveryId ?? String(number),
      provider: provider?.name ?? '',
      event: event?.name ?? '',
      variant: null,
      forge: null,
      method,
      url,
      headers,
      body,
      framing: 'length',
      secretHeaders,
      secretParameters,
    },
    attempts: [attempt],
    outcome,
    ok: verdict !== 'false',
  };
}

const nothing = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  sendMs: null,
  waitMs: null,
  receiveMs: null,
  reused: false,
} as const;
