import type { Provider } from '../../core/provider.js';
import type { Route } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import type { Arrival } from '../../receiver/receiver.js';
import type { OpenTarget } from './openTarget.js';

/** What a use case tells around its results; the shell decides whether and where it is shown. */
export interface RunTalk {
  say(line: string): void;
  /** Says what a quiet run says, too. */
  warn(line: string): void;
  start(provider: Provider, target: OpenTarget, secrets: readonly Secret[]): void;
  arrived(arrival: Arrival): void;
  end(target: OpenTarget): void;
  /** Says what is not as usual on the way to a URL. */
  route(route: Route, url: string): void;
}
