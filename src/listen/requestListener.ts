import type { Diagnosis } from '../core/diagnosis.js';
import { headProblems } from '../core/headProblem.js';
import type { AnswerStep, GivenAnswer, Incoming, ListenEnded, Listened } from '../core/listened.js';
import { findSecretParameters } from '../core/secretParameters.js';
import type { AnswerPlan } from './answerPlan.js';
import type { Forwarded } from './forward.js';
import { type JudgedRequest, judgeRequest, type KnownSender, type ListenerKnowledge } from './judgeRequest.js';
import type { Reply, WrittenAnswer } from './openServer.js';

/** Options for judging and answering requests. */
export interface ListenerOptions {
  readonly knowledge: ListenerKnowledge;
  readonly plan: AnswerPlan;
  /** Headers and body for a status that the plan names, or the default. */
  readonly answer: Pick<WrittenAnswer, 'headers' | 'body'>;
  /** True when a request that does not verify is answered with 401. */
  readonly rejects: boolean;
  readonly delayMs: number;
  /** Sends the same bytes on; null where nothing is forwarded. */
  readonly forward: ((request: Incoming) => Promise<Forwarded>) | null;
  /** Explains a signature that does not match. */
  readonly diagnose: (request: Incoming, sender: KnownSender) => Promise<Diagnosis>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onListened: (listened: Listened) => void;
}

/** Milliseconds that explanations may take at once, and their share of the time after that: what comes has to be answered meanwhile. */
const maxExplainingMs = 3000;
const explainingShare = 0.2;
/** Bytes of a body that is explained. */
const maxExplainedBytes = 1024 * 1024;
/** Ids that are known again; the oldest are forgotten. */
const maxIds = 100_000;

/** Judges, answers and reports requests, in the order of arrival. */
export class RequestListener {
  private readonly counts = { received: 0, genuine: 0, false: 0, unknown: 0 };
  private readonly ids = new Map<string, number>();
  /** The time left for explanations, and when that was measured. */
  private explaining = { leftMs: maxExplainingMs, at: 0 };
  /** Resolves when the last request has been reported, after those before it. */
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly options: ListenerOptions) {}

  /** Takes a request; resolves with the reply. */
  async take(request: Incoming): Promise<Reply> {
    const { knowledge, plan } = this.options;
    const judging = request.cut === null ? judgeRequest(request, knowledge) : Promise.resolve(notWhole(request));
    let answered: (answer: GivenAnswer) => void = () => {};
    const answering = new Promise<GivenAnswer>((resolve) => {
      answered = resolve;
    });
    this.last = this.last.then(async () => this.report(request, await judging, answering));
    const judged = await judging;
    const { reply, given } = await this.answer(request, judged, isHandshake(judged) ? null : plan.take());
    answered(given);
    return reply;
  }

  /** Resolves when all requests have been reported. */
  async settle(): Promise<void> {
    await this.last;
  }

  /** Returns the counts so far. */
  summary(ended: Pick<ListenEnded, 'missing' | 'interrupted'>): ListenEnded {
    return { type: 'summary', ...this.counts, ...ended };
  }

  private async answer(request: Incoming, judged: JudgedRequest, step: AnswerStep | null) {
    const { delayMs, sleep, now, forward } = this.options;
    if (delayMs > 0) await sleep(delayMs);
    const given = (is: GivenAnswer['is'], reply: Reply, forwarded: Forwarded | null = null) => ({
      reply,
      given: {
        is,
        status: typeof reply === 'string' ? null : reply.status,
        bytes: typeof reply === 'string' ? 0 : reply.body.length,
        ms: now() - request.at,
        forwardedTo: forwarded?.to ?? null,
        error: forwarded?.error ?? null,
      } satisfies GivenAnswer,
    });
    if (request.cut !== null) return given('status', plain(request.cut in headProblems ? 400 : 413));
    if (step && step.is !== 'status') return given(step.is, step.is);
    const forwarded = forward && step === null ? await forward(request) : null;
    if (forwarded) return given('forwarded', forwarded.reply, forwarded);
    if (isHandshake(judged)) {
      const { status, headers, body } = judged.accepting ?? { status: 200, headers: [], body: '' };
      return given('handshake', { status, headers, body: Buffer.from(body) });
    }
    return given('status', { status: step?.status ?? this.statusFor(judged), ...this.options.answer });
  }

  private statusFor(judged: JudgedRequest): number {
    if (isAccepted(judged)) return judged.accepting?.status ?? 200;
    return this.options.rejects ? 401 : 200;
  }

  private async report(request: Incoming, judged: JudgedRequest, answering: Promise<GivenAnswer>): Promise<void> {
    const { sender, accepting: _, ...facts } = judged;
    const diagnosis = await this.explain(request, judged, sender);
    this.counts.received++;
    this.counts[facts.verdict]++;
    const repeats = this.repeated(request, facts);
    const answer = await answering;
    this.options.onListened({ type: 'received', request, ...facts, repeats, diagnosis, answer });
  }

  private async explain(
    request: Incoming,
    { verdict }: JudgedRequest,
    sender: KnownSender | null,
  ): Promise<Diagnosis | null> {
    if (verdict !== 'false' || sender === null || request.body.length > maxExplainedBytes) return null;
    const { now, diagnose } = this.options;
    const start = now();
    const { leftMs, at } = this.explaining;
    const left = Math.min(maxExplainingMs, leftMs + (start - at) * explainingShare);
    if (left <= 0) return null;
    const diagnosis = await diagnose(request, sender);
    const end = now();
    this.explaining = { leftMs: left - (end - start), at: end };
    return diagnosis;
  }

  private repeated({ number }: Incoming, { provider, deliveryId }: Pick<JudgedRequest, 'provider' | 'deliveryId'>) {
    if (provider === null || deliveryId === null) return null;
    const key = `${provider.name} ${deliveryId}`;
    const first = this.ids.get(key);
    if (first !== undefined) return first;
    this.ids.set(key, number);
    if (this.ids.size > maxIds) this.ids.delete(this.ids.keys().next().value!);
    return null;
  }
}

function isHandshake(judged: JudgedRequest): boolean {
  return judged.handshake !== null && isAccepted(judged);
}

/** Returns whether a receiver would accept a request: it is genuine, or its provider's requests hold no proof of the sender. */
function isAccepted({ verdict, sender }: JudgedRequest): boolean {
  return verdict === 'genuine' || (verdict === 'unknown' && sender !== null);
}

function plain(status: number): WrittenAnswer {
  return { status, headers: [], body: new Uint8Array() };
}

const cutReasons: Readonly<Record<NonNullable<Incoming['cut']>, string>> = {
  ...headProblems,
  'too large': 'its body is longer than 32 MiB',
  'broken off': 'its body broke off',
};

/** Returns the verdict on an incomplete request. */
function notWhole({ cut, headers, url }: Incoming): JudgedRequest {
  return {
    sender: null,
    provider: null,
    candidates: [],
    event: null,
    handshake: null,
    deliveryId: null,
    verdict: 'unknown',
    reason: cut === null ? null : cutReasons[cut],
    secretHeaders: headers.map(([name]) => name.toLowerCase()),
    secretParameters: findSecretParameters(url),
    accepting: null,
  };
}
