import { signal } from '@preact/signals';
import type { Inbox, InboxRow, JobList, ProjectState, ProviderGroups, StreamEvent } from '../../protocol.js';
import { announce } from './announce.js';
import { request } from './api.js';
import { recentJobs, reloadJobs, takeJobState, takeJobStep } from './jobs.js';
import { route } from './router.js';
import { followEvents } from './stream.js';
import { searchTimeline, takeLogged, timeline } from './timeline.js';
import { pathWith, refreshAnswers } from './useAnswer.js';

/** The project of the page; null until the server has answered. */
export const project = signal<ProjectState | null>(null);

/** The providers; null until the server has answered. */
export const catalogue = signal<ProviderGroups | null>(null);

/** The requests of the inbox; null until the server has answered. */
export const inbox = signal<Inbox | null>(null);

/** Requests of the inbox that are kept here, as the server keeps them. */
const maxReceived = 500;

let cursor: string | null = null;
let boot: string | null = null;

/** The events since the state was asked for, as the answers may be older than these; null where nothing is asked for. */
let meanwhile: StreamEvent[] | null = null;

/** Reads all that the views share, and follows what happens. */
export function startStore(): void {
  void followEvents<StreamEvent>(() => pathWith('/api/events', { after: cursor }), takeEvent);
}

async function loadState(): Promise<void> {
  const said: StreamEvent[] = [];
  meanwhile = said;
  const [state, all, received, jobs] = await Promise.allSettled([
    request<ProjectState>('GET', '/api/state'),
    request<ProviderGroups>('GET', '/api/catalogue'),
    request<Inbox>('GET', '/api/inbox'),
    request<JobList>('GET', '/api/jobs'),
  ]);
  if (state.status === 'fulfilled') project.value = state.value;
  if (all.status === 'fulfilled') catalogue.value = all.value;
  if (received.status === 'fulfilled') inbox.value = received.value;
  if (jobs.status === 'fulfilled') recentJobs.value = jobs.value.jobs;
  for (const event of said) takeState(event);
  if (meanwhile === said) meanwhile = null;
}

function reloadAll(): void {
  refreshAnswers();
  void loadState();
  reloadJobs();
  void searchTimeline(timeline.value.query);
}

function takeEvent(event: StreamEvent): void {
  if ('cursor' in event && event.type !== 'hello') cursor = event.cursor;
  switch (event.type) {
    case 'hello':
      cursor ??= event.cursor;
      if (boot !== event.boot) {
        boot = event.boot;
        cursor = event.cursor;
        reloadAll();
      }
      return;
    case 'reset':
      reloadAll();
      return;
    case 'logged':
      takeLogged(event.rows);
      return;
    case 'log-changed':
      void searchTimeline(timeline.value.query);
      return;
    case 'job':
    case 'received':
    case 'inbox':
      meanwhile?.push(event);
      takeState(event);
      if (event.type === 'received' && route.value.view === 'inbox')
        announce(`Request ${event.row.number} arrived: ${describeVerdict(event.row)}.`);
      return;
    case 'job-step':
      takeJobStep(event.job, event.step);
      return;
    case 'project-changed':
      refreshAnswers();
      void loadState();
      return;
  }
}

/** Takes in what is part of the state that is asked for, too; once more does no harm. */
function takeState(event: StreamEvent): void {
  if (event.type === 'job') takeJobState(event.job);
  else if (event.type === 'received') takeReceived(event.row);
  else if (event.type === 'inbox') inbox.value = { ...(inbox.value ?? { rows: [] }), ...event.inbox };
}

function takeReceived(row: InboxRow): void {
  const now = inbox.value;
  if (!now || now.rows.some(({ number }) => number === row.number)) return;
  inbox.value = { ...now, received: now.received + 1, rows: [row, ...now.rows].slice(0, maxReceived) };
}

/** A verdict of the inbox in words. */
export function describeVerdict(row: Pick<InboxRow, 'verdict' | 'handshake' | 'reason'>): string {
  if (row.handshake !== null) return 'handshake';
  if (row.verdict === 'genuine') return 'genuine';
  const reason = row.reason === null ? '' : `: ${row.reason}`;
  return row.verdict === 'false' ? `does not verify${reason}` : `not judged${reason}`;
}
