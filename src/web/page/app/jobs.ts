import { type Signal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JobStarted, JobState, JobStep, JobWithSteps } from '../../protocol.js';
import { request } from './api.js';

/** A job, as far as the page knows it. */
export interface JobRecord {
  readonly state: JobState | null;
  readonly steps: readonly JobStep[];
  readonly command: string | null;
  /** The error that keeps its state unknown. */
  readonly error: unknown;
}

/** Jobs that are listed, as many as the server keeps. */
const maxRecent = 50;

const nothing: JobRecord = { state: null, steps: [], command: null, error: null };
const records = new Map<string, Signal<JobRecord>>();

function recordOf(id: string): Signal<JobRecord> {
  const record = records.get(id) ?? signal(nothing);
  records.set(id, record);
  return record;
}

/** The jobs of this server, the newest first. */
export const recentJobs = signal<readonly JobState[]>([]);

/** Takes in the new state of a job. */
export function takeJobState(state: JobState): void {
  recentJobs.value = [state, ...recentJobs.value.filter(({ id }) => id !== state.id)].slice(0, maxRecent);
  const record = recordOf(state.id);
  record.value = { ...record.value, state: laterOf(record.value.state, state), error: null };
}

/** The later of two states of a job: an answer may be older than what the stream of events has said meanwhile. */
function laterOf(known: JobState | null, state: JobState): JobState {
  return known !== null && known.endedAt !== null && state.endedAt === null ? known : state;
}

/** Adds a step to its job, unless the page has it already. */
export function takeJobStep(id: string, step: JobStep): void {
  const record = recordOf(id);
  const last = record.value.steps.at(-1)?.number ?? 0;
  if (step.number > last) record.value = { ...record.value, steps: [...record.value.steps, step] };
}

/** Loads all steps of a job. */
export async function loadJob(id: string): Promise<void> {
  const record = recordOf(id);
  try {
    const { steps, command, ...state } = await request<JobWithSteps>('GET', `/api/jobs/${encodeURIComponent(id)}`);
    const known = steps.at(-1)?.number ?? 0;
    const later = record.value.steps.filter(({ number }) => number > known);
    record.value = { state: laterOf(record.value.state, state), steps: [...steps, ...later], command, error: null };
  } catch (error) {
    if (record.value.state === null) record.value = { ...record.value, error };
  }
}

/** Loads each running job again, for instance after the server was restarted. */
export function reloadJobs(): void {
  for (const [id, { value }] of records) if (value.state?.endedAt == null) void loadJob(id);
}

/** A job whose steps a component shows; null without an id. */
export function useJob(id: string | undefined): JobRecord | null {
  useEffect(() => {
    if (id) void loadJob(id);
  }, [id]);
  return id ? recordOf(id).value : null;
}

/** Starts a job and gives its id. Throws an ApiError. */
export async function startJob(
  path: '/api/send' | '/api/handshake' | '/api/check' | '/api/flow' | '/api/resend',
  body: unknown,
): Promise<string> {
  const { job } = await request<JobStarted>('POST', path, body);
  recordOf(job);
  requestAnimationFrame(showResult);
  return job;
}

/** Scrolls to the result where it is below the fields. */
function showResult(): void {
  if (matchMedia('(max-width: 900px)').matches) document.querySelector('[data-result]')?.scrollIntoView();
}

/** Stops a job. */
export async function stopJob(id: string): Promise<void> {
  takeJobState(await request<JobState>('POST', `/api/jobs/${encodeURIComponent(id)}/stop`, {}));
}
