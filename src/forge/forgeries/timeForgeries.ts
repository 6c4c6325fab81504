import type { Forgery } from '../../core/forgery.js';

/** Forgeries of a delivery's time. */
export const timeForgeries = [
  {
    name: 'stale-timestamp',
    requires: 'a delivery',
    title: 'signed an hour ago',
    change: { stage: 'time', offsetSeconds: -3600, signed: true },
  },
  {
    name: 'future-timestamp',
    requires: 'the secret',
    title: 'signed an hour from now',
    change: { stage: 'time', offsetSeconds: 3600, signed: true },
  },
  {
    name: 'unsigned-timestamp',
    requires: 'a delivery',
    title: 'the timestamp changed after signing',
    change: { stage: 'time', offsetSeconds: 60, signed: false },
  },
  {
    name: 'missing-timestamp',
    requires: 'a delivery',
    title: 'without the timestamp that was signed',
    change: { stage: 'sent time', as: 'nothing' },
  },
  {
    name: 'timestamp-in-seconds',
    requires: 'the secret',
    title: 'the timestamp sent and signed in seconds',
    change: { stage: 'sent time', as: 'seconds' },
  },
  {
    name: 'timestamp-in-milliseconds',
    requires: 'the secret',
    title: 'the timestamp sent and signed in milliseconds',
    change: { stage: 'sent time', as: 'milliseconds' },
  },
  {
    name: 'timestamp-in-microseconds',
    requires: 'the secret',
    title: 'the timestamp sent and signed in microseconds',
    change: { stage: 'sent time', as: 'microseconds' },
  },
] as const satisfies readonly Forgery[];
