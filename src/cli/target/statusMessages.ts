import { printable } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import { proxyFor } from '../../core/proxyFor.js';
import type { Route } from '../../core/route.js';
import type { DeliveryEnded } from '../../core/run.js';
import { type Secret, secretTexts } from '../../core/secret.js';
import { findSecretParameters } from '../../core/secretParameters.js';
import { carriesSecret } from '../../delivery/header.js';
import type { Arrival } from '../../receiver/receiver.js';
import { arrivalLines } from '../../report/run/arrival.js';
import { hintFor } from '../../report/run/hintFor.js';
import type { OpenTarget } from '../../session/target/openTarget.js';
import type { Io } from '../io/io.js';
import { flagName } from '../options/flags.js';
import { describeSigning } from '../project/project.js';

/** The messages of `send` on stderr, before and after its results. */
export interface StatusMessages {
  say(line: string): void;
  start(provider: Provider, target: OpenTarget, secrets: readonly Secret[]): void;
  arrived(arrival: Arrival): void;
  /** `next` is the command that finds out why a signature was rejected, where there is one. */
  ended(event: DeliveryEnded, provider: Provider, secrets: readonly Secret[], next?: string): void;
  end(target: OpenTarget): void;
}

/** Arrivals at the built-in receiver that are shown whole. */
const arrivalsShown = 1;

/** Creates the messages of one run; none for a quiet one. */
export function createStatusMessages(io: Io, quiet: boolean): StatusMessages {
  const say = (line: string) => {
    if (!quiet) io.stderr.write(`${io.secrets.inText(line)}\n`);
  };
  const hinted = new Set<string>();
  let arrivals = 0;
  return {
    say,
    start(provider, target, secrets) {
      say(`${provider.title} to ${printable(target.shown)}, ${describeSigning(secrets, provider)}`);
    },
    arrived(arrival) {
      if (++arrivals > arrivalsShown) return;
      const { headers, url } = arrival.request;
      const secretHeaders = headers.map(([name]) => name.toLowerCase()).filter(carriesSecret);
      io.secrets.add(
        secretTexts({ headers, secretHeaders, url, secretParameters: findSecretParameters(url, carriesSecret) }),
      );
      for (const line of arrivalLines(arrival)) say(line);
    },
    ended(event, provider, secrets, next) {
      if (event.ok) return;
      // What comes next may name this very delivery.
      const kind = hintFor(event, provider, secrets, { next: '', nameOf: flagName });
      if (kind === null || hinted.has(kind)) return;
      hinted.add(kind);
      say(`  hint: ${hintFor(event, provider, secrets, { next, nameOf: flagName })}`);
    },
    end(target) {
      if (target.isDemo)
        say(
          'Nothing of yours was tested: this was the built-in receiver. Name your own with --to localhost:3000/path.',
        );
    },
  };
}

/** Prints unusual options of the route to a URL on stderr; even a quiet run says that TLS verifies nothing. */
export function logRoute(route: Route, url: string, io: Io, quiet: boolean): void {
  if (route.insecure) io.stderr.write('Warning: TLS certificates are not verified (--insecure).\n');
  if (quiet || route.proxy === null) return;
  const target = new URL(url);
  // Without user name and password.
  const proxy = new URL(route.proxy).host;
  const line = proxyFor(route, target)
    ? `Through the proxy ${proxy}`
    : `Not through the proxy ${proxy}: ${target.hostname} is this machine`;
  io.stderr.write(`${line}\n`);
}
