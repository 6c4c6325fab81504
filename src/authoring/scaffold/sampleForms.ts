import { freshIdentity } from '../../core/identity.js';
import type { Plain } from '../../core/plain.js';
import type { Identity } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';

/** The facts about an event in an invented sample. */
export interface SampleFacts {
  readonly provider: string;
  readonly event: string;
  /** A number that is unique for each event. */
  readonly at: number;
  readonly time: string;
  /** The thing that the event is about. */
  readonly data: { readonly id: string; readonly status: string };
}

/** The form of a new provider's payloads. */
export interface SampleForm {
  readonly body: (facts: SampleFacts) => Readonly<Record<string, Plain>>;
  /** The path of the event's name; null where no body holds it. */
  readonly eventAt: string | null;
  /** The id of the event, where the body holds one. */
  readonly ids: readonly Identity[];
  /** The paths of the event's time. */
  readonly eventTime: readonly string[];
}

/** Forms of payloads by name: those of many providers, and those of standards. */
export const sampleForms = {
  event: {
    body: ({ event, at, time, data }) => ({ id: `evt_${randomId(24, at + 1)}`, type: event, created_at: time, data }),
    eventAt: 'type',
    ids: [{ kind: 'alphanumeric', path: 'id', prefix: 'evt_', deduplicates: true }],
    eventTime: ['created_at'],
  },
  /** The id is in a header. */
  standardWebhooks: {
    body: ({ event, time, data }) => ({ type: event, timestamp: time, data }),
    eventAt: 'type',
    ids: [],
    eventTime: ['timestamp'],
  },
  cloudEvent: {
    body: ({ provider, event, at, time, data }) => ({
      specversion: '1.0',
      id: freshIdentity({ kind: 'uuid4', length: 36, ms: 0 }, seededRandom(at + 1)),
      source: `/${provider}`,
      type: event,
      time,
      datacontenttype: 'application/json',
      data,
    }),
    eventAt: 'type',
    ids: [{ kind: 'uuid4', path: 'id', deduplicates: true }],
    eventTime: ['time'],
  },
  /** All facts about the event are in headers. */
  dataAlone: { body: ({ data }) => data, eventAt: null, ids: [], eventTime: [] },
} as const satisfies Record<string, SampleForm>;

/** An invented id of letters and digits; the same one for each seed. */
export function randomId(length: number, seed: number): string {
  return freshIdentity({ kind: 'alphanumeric', length, ms: 0 }, seededRandom(seed));
}
