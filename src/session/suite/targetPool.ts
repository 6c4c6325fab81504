import type { ChosenTarget } from '../../config/target.js';
import type { Header } from '../../core/delivery.js';
import type { Provider } from '../../core/provider.js';
import type { NamedRoute } from '../../core/route.js';
import type { RunWarning } from '../../core/run.js';
import type { Secret } from '../../core/secret.js';
import type { Clock } from '../../core/world.js';
import { lateWarnings } from '../../simulate/lateWarnings.js';
import { Transport } from '../../transport/transport.js';
import type { OpenTarget } from '../target/openTarget.js';
import { openTarget, type RunMessages } from '../target/target.js';
import type { SuiteDestination } from './prepareSuiteRun.js';

/** The target of a case, with its provider, secrets and route. */
export interface PooledTarget {
  readonly target: ChosenTarget;
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  readonly route: NamedRoute;
  /** The user's headers, and those that a target adds. */
  readonly headers: readonly Header[];
  /** Warnings about it. */
  readonly warnings: readonly string[];
}

/** An open target, with a name that identifies it. */
export interface OpenTargetPool extends OpenTarget {
  readonly name: string;
}

/** A way that some cases go. */
interface Known {
  readonly opened: Promise<OpenTargetPool>;
  readonly signer: readonly [Provider, readonly Secret[]];
  /** Null for the built-in receiver. */
  destination: SuiteDestination | null;
  /** Messages printed before anything is sent, by their text, so that each is printed once. */
  readonly lines: Map<string, () => void>;
}

/** The targets and connections that all cases of a run share. */
export class TargetPool {
  private readonly transports = new Map<string, Transport>();
  private readonly known = new Map<string, Known>();
  /** Those of the cases that are run; before they are chosen there are none. */
  private used = new Set<string>();

  constructor(
    private readonly talk: RunMessages,
    private readonly clock: Clock,
  ) {}

  /** The transport for a route. */
  transport(route: NamedRoute): Transport {
    const key = JSON.stringify(route);
    const known = this.transports.get(key);
    if (known) return known;
    const transport = new Transport({ route });
    this.transports.set(key, transport);
    return transport;
  }

  /** Opens the target of a way, each once for a provider and its secrets. */
  open(way: PooledTarget): Promise<OpenTargetPool> {
    const { target, provider, secrets, route, warnings } = way;
    const known = target.publicUrlFor?.({ provider: provider.name, event: 'event' });
    const name = JSON.stringify([
      target.name,
      target.address,
      known,
      provider.name,
      secrets.map(({ value }) => value),
      route,
    ]);
    const found = this.known.get(name) ?? this.add(name, way);
    for (const line of warnings) found.lines.set(line, () => this.talk.warn(line));
    return found.opened;
  }

  /** Chooses the ways of the cases that are run. */
  use(names: Iterable<string>): void {
    this.used = new Set(names);
  }

  /** The providers that sign the deliveries, with their secrets. */
  signers(): (readonly [Provider, readonly Secret[]])[] {
    return this.inUse().map(({ signer }) => signer);
  }

  /** The receivers that they lead to, but for the built-in one. */
  destinations(): SuiteDestination[] {
    const found = this.inUse().flatMap(({ destination }) => destination ?? []);
    const places = found.map((each) => [JSON.stringify([new URL(each.url).origin, each.route]), each] as const);
    return [...new Map(places).values()];
  }

  /** Prints the messages about the targets in use. */
  announce(): void {
    const lines = new Map(this.inUse().flatMap((known) => [...known.lines]));
    for (const say of lines.values()) say();
  }

  /** Reports at the end that only the built-in receiver was tested. */
  async end(): Promise<void> {
    const opened = await Promise.all(this.inUse().map((known) => known.opened));
    const [first] = opened;
    if (first && opened.every(({ isDemo }) => isDemo)) this.talk.end(first);
  }

  /** Returns late warnings of the connections that belong to no delivery, once all have ended. */
  async lateWarnings(signal: AbortSignal): Promise<RunWarning[]> {
    const found = [...this.transports.values()].map((transport) => lateWarnings(transport, signal));
    return (await Promise.all(found)).flat();
  }

  async close(): Promise<void> {
    for (const transport of this.transports.values()) transport.close();
    for (const opened of await Promise.allSettled([...this.known.values()].map((known) => known.opened))) {
      if (opened.status === 'fulfilled') await opened.value.close();
    }
  }

  private add(name: string, { target, provider, secrets, route, headers }: PooledTarget): Known {
    const lines: Known['lines'] = new Map();
    const opened = openTarget(target, provider, secrets, { talk: this.talk, clock: this.clock }).then((open) => {
      lines.set(name, () => this.talk.start(provider, open, secrets));
      lines.set(JSON.stringify(route), () => this.talk.route(route, open.url));
      if (!open.isDemo) known.destination = { url: open.url, route, headers };
      return { ...open, name };
    });
    const known: Known = { opened, signer: [provider, secrets], destination: null, lines };
    this.known.set(name, known);
    return known;
  }

  private inUse(): Known[] {
    return [...this.known].flatMap(([name, known]) => (this.used.has(name) ? [known] : []));
  }
}
