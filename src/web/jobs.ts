import type { World } from '../core/world.js';
import type { EventHub } from './eventHub.js';
import type { JobKind, JobState, JobStep, JobWithSteps } from './protocol.js';
import { describeProblem, RequestProblem } from './requestProblem.js';

type WithoutNumber<T> = T extends { readonly number: number } ? Omit<T, 'number'> : T;
/** A step that a job reports; it is numbered when it is kept. */
export type NewJobStep = WithoutNumber<JobStep>;

/** The callbacks and signal of a job. */
export interface JobMeans {
  /** Aborted when the job is stopped, or the server ends. */
  readonly signal: AbortSignal;
  report(step: NewJobStep): void;
  note(line: string): void;
}

interface JobPlan {
  readonly kind: JobKind;
  readonly title: string;
  readonly provider: string;
  readonly command: string | null;
  readonly work: (means: JobMeans) => Promise<void>;
}

interface Job {
  state: JobState;
  readonly command: string | null;
  readonly steps: { readonly step: JobStep; readonly characters: number }[];
  characters: number;
  readonly controller: AbortController;
  done: Promise<void>;
}

/** The limits of what is kept of jobs for a page that opens later. */
const maxJobs = 50;
const maxSteps = 2000;
const maxCharacters = 4 * 1024 * 1024;
/** Jobs that may run at once. */
const maxRunning = 8;

/** The jobs that run in the server of the page, and their results. */
export class Jobs {
  private readonly jobs = new Map<string, Job>();
  private count = 0;

  constructor(
    private readonly boot: string,
    private readonly hub: EventHub,
    private readonly io: Pick<World, 'clock' | 'secrets'>,
  ) {}

  /** Starts a job; its id. Throws a RequestProblem where too many run. */
  start({ kind, title, provider, command, work }: JobPlan): string {
    const running = [...this.jobs.values()].filter(({ state }) => state.state === 'running').length;
    if (running >= maxRunning) {
      const message = `${running} jobs run already.`;
      throw new RequestProblem(409, { code: 'BUSY', message, hint: 'Stop one of them, or wait until one has ended.' });
    }
    const id = `${this.boot}-${++this.count}`;
    const state: JobState = {
      id,
      kind,
      title: this.io.secrets.inText(title),
      provider,
      startedAt: this.time(),
      endedAt: null,
      state: 'running',
      problem: null,
      notes: [],
    };
    const job: Job = {
      state,
      command,
      steps: [],
      characters: 0,
      controller: new AbortController(),
      done: Promise.resolve(),
    };
    this.jobs.set(id, job);
    this.forget();
    this.change(job, {});
    job.done = this.run(job, work);
    return id;
  }

  /** Stops a job; the same where it has ended. Throws a RequestProblem where there is none. */
  stop(id: string): JobState {
    const job = this.find(id);
    job.controller.abort('stopped');
    return job.state;
  }

  list(): JobState[] {
    return [...this.jobs.values()].map(({ state }) => state).toReversed();
  }

  get(id: string): JobWithSteps {
    const { state, steps, command } = this.find(id);
    return { ...state, steps: steps.map(({ step }) => step), command };
  }

  /** Stops all, and resolves when they have ended. */
  async close(): Promise<void> {
    for (const { controller } of this.jobs.values()) controller.abort('stopped');
    await Promise.allSettled([...this.jobs.values()].map(({ done }) => done));
  }

  private async run(job: Job, work: JobPlan['work']): Promise<void> {
    const { controller } = job;
    let number = 0;
    try {
      await work({
        signal: controller.signal,
        report: (step) => this.keep(job, { ...step, number: ++number } as JobStep),
        note: (line) => this.change(job, { notes: [...job.state.notes, line] }),
      });
      this.change(job, { state: controller.signal.aborted ? 'stopped' : 'done', endedAt: this.time() });
    } catch (error) {
      const { problem } = describeProblem(error);
      this.change(job, { state: 'failed', problem: problem.error, endedAt: this.time() });
    }
  }

  private keep(job: Job, step: JobStep): void {
    const characters = this.hub.publish({ type: 'job-step', job: job.state.id, step });
    job.steps.push({ step, characters });
    job.characters += characters;
    while (job.steps.length > maxSteps || (job.characters > maxCharacters && job.steps.length > 1)) {
      job.characters -= job.steps.shift()!.characters;
    }
  }

  private change(job: Job, change: Partial<JobState>): void {
    job.state = { ...job.state, ...change };
    this.hub.publish({ type: 'job', job: job.state });
  }

  private find(id: string): Job {
    const job = this.jobs.get(id);
    if (job) return job;
    throw new RequestProblem(404, {
      code: 'UNKNOWN_JOB',
      message: `There is no job ${id}; it may be of an earlier start.`,
    });
  }

  private forget(): void {
    for (const [id, { state }] of this.jobs) {
      if (this.jobs.size <= maxJobs) return;
      if (state.state !== 'running') this.jobs.delete(id);
    }
  }

  private time(): string {
    return new Date(this.io.clock.now()).toISOString();
  }
}
