import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Route } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { PreparedFlow } from '../../flow/prepareFlow.js';
import type { TakeSnapshot } from '../../flow/snapshot.js';
import { findStep } from '../../flow/view.js';
import { commandProbe } from './commandProbe.js';
import { httpProbe } from './httpProbe.js';

export interface ProbeOptions {
  readonly flows: readonly PreparedFlow[];
  /** The URL that deliveries go to, and the way to it. */
  readonly target: string;
  readonly route: Route;
  /** The user's own headers, which only the target's own host gets. */
  readonly headers: readonly Header[];
  /** Milliseconds that it may take. */
  readonly timeout: number | undefined;
  /** What the option is called. */
  readonly name: string;
}

/** Milliseconds that a probe may take where nobody says otherwise. */
const usualLimitMs = 30_000;

const addressLike = /^(?:[a-z][a-z0-9+.-]*:\/\/\S*|:\d\S*|(?:[\w.-]+|\[[\d:a-f]+\]):\d+(?:\/\S*)?)$/i;
const placeholder = /\{([^{}]*)\}/g;

/** Reads what a probe is: an address, or a command. Throws a UsageError for what can't be asked. */
export function readProbe(text: string, { flows, timeout, name, ...options }: ProbeOptions, io: World): TakeSnapshot {
  const written = text.trim();
  if (written === '') {
    throw new UsageError('BAD_PROBE', `${name} is empty. Give a URL, or a command that prints the state.`);
  }
  const limitMs = timeout ?? usualLimitMs;
  if (!addressLike.test(written)) return commandProbe(written, { limitMs }, io);
  for (const [, place = ''] of written.matchAll(placeholder)) {
    for (const flow of flows) findStep(flow, place, name);
  }
  const addressFor = (textAt: (place: string) => string) =>
    written.replace(placeholder, (_, place: string) => encodeURIComponent(textAt(place)));
  return httpProbe(addressFor, { ...options, limitMs, name }, io);
}
