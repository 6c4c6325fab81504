import type { ChosenTarget } from '../../config/target.js';
import type { Header } from '../../core/delivery.js';
import type { Provider } from '../../core/provider.js';
import type { Route } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import { Transport } from '../../transport/transport.js';
import type { Io } from '../io.js';
import { announceRoute } from '../routeTalk.js';
import type { SendTalk } from '../talk.js';
import { type OpenTarget, openTarget } from '../target.js';
import type { Destination } from './makeReady.js';

/** What a case goes by on its way to a receiver. */
export interface Way {
  readonly target: ChosenTarget;
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  readonly route: Route;
  /** The user's own headers, which a target may ask for. */
  readonly headers: readonly Header[];
  /** What is odd about it. */
  readonly warnings: readonly string[];
}

/** The targets and connections that all cases of a run share. */
export class Ways {
  private readonly transports = new Map<string, Transport>();
  private readonly targets = new Map<string, Promise<OpenTarget>>();
  private readonly found = new Map<string, Destination>();
  private readonly said = new Set<string>();
  private readonly announcements: (() => void)[] = [];

  constructor(
    private readonly io: Io,
    private readonly talk: SendTalk,
    private readonly quiet: boolean,
  ) {}

  /** The transport for a route. */
  transport(route: Route): Transport {
    const key = JSON.stringify(route);
    const known = this.transports.get(key);
    if (known) return known;
    const transport = new Transport({ route });
    this.transports.set(key, transport);
    return transport;
  }

  /** Opens the target of a way, each once for a provider and its secrets. */
  open({ target, provider, secrets, route, headers, warnings }: Way): Promise<OpenTarget> {
    for (const line of warnings) this.sayOnce(line, () => this.io.stderr.write(`${line}\n`));
    const key = JSON.stringify([target.name, target.address, provider.name, secrets.map(({ value }) => value), route]);
    const known = this.targets.get(key);
    if (known) return known;
    const opened = openTarget(target, provider, secrets, this.talk).then((open) => {
      this.announcements.push(() => this.talk.start(provider, open, secrets));
      this.sayOnce(JSON.stringify(route), () => announceRoute(route, open.url, this.io, this.quiet));
      if (!open.isDemo)
        this.found.set(JSON.stringify([new URL(open.url).origin, route]), { url: open.url, route, headers });
      return open;
    });
    this.targets.set(key, opened);
    return opened;
  }

  /** The receivers that cases go to, but for the built-in one. */
  destinations(): Destination[] {
    return [...this.found.values()];
  }

  /** Says where all of them lead. */
  announce(): void {
    for (const say of this.announcements.splice(0)) say();
  }

  /** Says what has to be said at the end: that nothing of the user's was tested. */
  async end(): Promise<void> {
    const opened = await Promise.all(this.targets.values());
    const demo = opened.find(({ isDemo }) => isDemo);
    if (demo && opened.every(({ isDemo }) => isDemo)) this.talk.end(demo);
  }

  async close(): Promise<void> {
    for (const transport of this.transports.values()) transport.close();
    for (const target of await Promise.allSettled(this.targets.values())) {
      if (target.status === 'fulfilled') await target.value.close();
    }
  }

  private sayOnce(what: string, say: () => void): void {
    if (this.said.has(what)) return;
    this.said.add(what);
    this.announcements.push(say);
  }
}
