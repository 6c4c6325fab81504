import type { Delivery, Header } from '../../core/delivery.js';
import { Answer } from '../../transport/answer.js';
import { decodeResponse } from '../../transport/decodeResponse.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import { parseEndpoint } from '../../transport/endpoint.js';
import type { Exchanged } from '../../transport/exchange.js';
import { explainFailure, explainTimeout, type FailedAttempt } from '../../transport/explain.js';
import { readStopwatch } from '../../transport/stopwatch.js';
import { callName } from '../assertOptions.js';

/** The response of a handler. */
export interface Answered {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Converts a delivery into the handler's arguments; the returned function calls it, and resolves with null for a result that is no response. */
export type Call = (delivery: Delivery, attempt: CallLimits) => () => Promise<Answered | null>;

/** The limits of one call. */
export interface CallLimits {
  readonly timeLimitMs: number;
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
}

type Ending = 'answered' | 'HANDLER_THREW' | 'NO_RESPONSE' | 'TIMED_OUT' | 'STOPPED';

/** Takes deliveries to a handler that is called as a function: nothing is written in between. */
export class CallTransport implements DeliveryTransport {
  private readonly open = new Set<AbortController>();

  /** `onHandlerError` takes what the handler throws. */
  constructor(
    private readonly call: Call,
    private readonly onHandlerError: (error: unknown) => void,
  ) {}

  async send(delivery: Delivery, timeLimitMs: number): Promise<Exchanged> {
    const controller = new AbortController();
    const attempt = new CallAttempt(this.onHandlerError);
    const call = this.call(delivery, { timeLimitMs, signal: controller.signal });
    this.open.add(controller);
    let deadline: NodeJS.Timeout | undefined;
    const cut = new Promise<Ending>((resolve) => {
      deadline = setTimeout(resolve, timeLimitMs, 'TIMED_OUT');
      controller.signal.addEventListener('abort', () => resolve('STOPPED'));
    });
    const ending = await Promise.race([attempt.run(call), cut]);
    clearTimeout(deadline);
    this.open.delete(controller);
    // The deadline did not interrupt a handler that blocked the event loop.
    const ended = attempt.end(delivery, attempt.elapsedMs > timeLimitMs ? 'TIMED_OUT' : ending, timeLimitMs);
    controller.abort(new DOMException('The attempt is over.', 'AbortError'));
    return decodeResponse(ended);
  }

  /** Ends the calls in progress. */
  close(): void {
    for (const controller of this.open) controller.abort();
  }
}

/** One call, and the stopwatch next to it. */
class CallAttempt {
  private readonly start = readStopwatch();
  private answeredAt: number | null = null;
  private answer: Answer | null = null;
  private over = false;

  constructor(private readonly onHandlerError: (error: unknown) => void) {}

  get elapsedMs(): number {
    return readStopwatch() - this.start;
  }

  async run(call: () => Promise<Answered | null>): Promise<Ending> {
    try {
      const answered = await call();
      if (answered === null) return 'NO_RESPONSE';
      if (this.over) return 'answered';
      this.answeredAt = readStopwatch();
      const { status, headers, body } = answered;
      const answer = new Answer(
        status,
        headers.flatMap((pair) => pair.map((text) => Buffer.from(text, 'latin1'))),
      );
      this.answer = answer;
      for await (const chunk of body) {
        if (this.over || !answer.add(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) break;
      }
      return 'answered';
    } catch (error) {
      // An error after the deadline means nothing.
      if (!this.over) this.onHandlerError(error);
      return 'HANDLER_THREW';
    }
  }

  end({ url }: Delivery, ending: Ending, timeLimitMs: number): Exchanged {
    this.over = true;
    const { answer, answeredAt, start } = this;
    const end = readStopwatch();
    const failure: FailedAttempt = {
      error: Object.assign(new Error(ending), { code: ending }),
      phase: answer ? 'receive' : 'wait',
      hasReceivedBytes: answer !== null,
      inBody: answer !== null,
      place: { ...parseEndpoint(url), address: 'the handler' },
      nameOf: callName,
    };
    const timedOut = ending === 'TIMED_OUT';
    return {
      remoteAddress: null,
      status: answer?.status ?? null,
      timing: {
        dnsMs: null,
        connectMs: null,
        tlsMs: null,
        sendMs: null,
        waitMs: (answeredAt ?? end) - start,
        receiveMs: answeredAt === null ? null : end - answeredAt,
        totalMs: end - start,
        reused: false,
      },
      response: answer?.response() ?? null,
      error: ending === 'answered' ? null : timedOut ? explainTimeout(timeLimitMs, failure) : explainFailure(failure),
    };
  }
}
