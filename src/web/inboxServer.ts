import type { Project } from '../config/project.js';
import { targetNames } from '../config/target.js';
import { UsageError } from '../core/errors.js';
import type { Listened } from '../core/listened.js';
import { maskParameters } from '../core/secretParameters.js';
import { isLoopback } from '../core/target.js';
import type { World } from '../core/world.js';
import { type DeliveryLog, logDeliveries } from '../history/logDeliveries.js';
import { listenOptions } from '../options/listen.js';
import { readOptions } from '../options/readOptions.js';
import { findProvider } from '../providers/findProvider.js';
import { prepareListen } from '../session/listen/prepareListen.js';
import { runListen } from '../session/listen/runListen.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { choosePageSecret, choosePageTarget, pageName, readSecretChoice } from './destination.js';
import type { EventHub } from './eventHub.js';
import type { Inbox, InboxRow, InboxRules, InboxState } from './protocol.js';
import { RequestProblem } from './requestProblem.js';
import { mediaTypeOf, showBody, showHeaders } from './shownParts.js';

/** Requests that are kept for a page that comes later. */
const maxRows = 500;
const maxRowBytes = 8 * 1024 * 1024;

interface Listening {
  readonly url: string;
  readonly rules: InboxRules;
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
}

/** The listener of the page: one at a time, with its requests. */
export class InboxServer {
  private listening: Listening | null = null;
  private rows: InboxRow[] = [];
  private bytes = 0;
  private received = 0;
  /** Starts and stops one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly io: World,
    private readonly hub: EventHub,
    private readonly open: () => Promise<Project>,
  ) {}

  get state(): InboxState {
    return { url: this.listening?.url ?? null, rules: this.listening?.rules ?? null, received: this.received };
  }

  get all(): Inbox {
    return { ...this.state, rows: this.rows.toReversed() };
  }

  /** Listens by these rules; one that listens is stopped before. Throws a UsageError. */
  start(rules: InboxRules): Promise<InboxState> {
    return this.inTurn(async () => {
      await this.end();
      const controller = new AbortController();
      const { url, ended } = await this.listen(rules, controller);
      this.listening = { url, rules, controller, ended };
      this.hub.publish({ type: 'inbox', inbox: this.state });
      return this.state;
    });
  }

  stop(): Promise<InboxState> {
    return this.inTurn(async () => {
      const isThere = this.listening !== null;
      await this.end();
      if (isThere) this.hub.publish({ type: 'inbox', inbox: this.state });
      return this.state;
    });
  }

  async close(): Promise<void> {
    await this.inTurn(() => this.end());
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work, work);
    this.turn = next.catch(() => {});
    return next;
  }

  private async end(): Promise<void> {
    const before = this.listening;
    this.listening = null;
    before?.controller.abort('stopped');
    await before?.ended.catch(() => {});
  }

  private async listen(rules: InboxRules, controller: AbortController) {
    const opened = await this.open();
    const { provider: name, secret: secretField, forward, ...answers } = rules;
    const provider = name === undefined ? null : findProvider(name, opened);
    const choice = readSecretChoice(secretField);
    if (choice && choice.is !== 'configured' && provider === null) {
      throw new UsageError('CONFLICT', 'secret: of which provider? Name the provider, too.');
    }
    const { project, secret } = provider
      ? choosePageSecret(opened, provider, choice)
      : { project: opened, secret: undefined };
    if (forward !== undefined) assertForward(project, forward);
    const world = silentWorld(this.io, { signal: controller.signal });
    const options = readOptions(
      listenOptions,
      { ...answers, forward, secret, reject: answers.reject || undefined },
      pageName,
    );
    const ready = await prepareListen({ project, provider: provider?.name ?? null }, options, world);
    const log = logDeliveries({ project, command: 'listen' }, { nameOf: pageName }, world);
    return new Promise<{ url: string; ended: Promise<unknown> }>((resolve, reject) => {
      const arrivals: Listened[] = [];
      const inboxLog: DeliveryLog = {
        ...log,
        addReceived: (event, sender) => {
          const key = log.addReceived(event, sender);
          const listened = arrivals.shift();
          if (listened) this.take(listened, key);
          return key;
        },
      };
      const watch = {
        listening: (url: string) => resolve({ url, ended }),
        received: (listened: Listened) => arrivals.push(listened),
        warn: () => {},
      };
      const ended = runListen(ready, inboxLog, watch, world);
      ended.catch((error) => {
        reject(error);
        this.fail(controller);
      });
    });
  }

  /** Reports that a listener ended by itself. */
  private fail(controller: AbortController): void {
    if (this.listening?.controller !== controller) return;
    this.listening = null;
    this.hub.publish({ type: 'inbox', inbox: this.state });
  }

  private take(listened: Listened, key: string | null): void {
    const row = this.show(listened, key, ++this.received);
    this.rows.push(row);
    this.bytes += weight(row);
    while (this.rows.length > maxRows || (this.bytes > maxRowBytes && this.rows.length > 1)) {
      this.bytes -= weight(this.rows.shift()!);
    }
    this.hub.publish({ type: 'received', row });
  }

  private show(listened: Listened, key: string | null, number: number): InboxRow {
    const { request, provider, candidates, event, handshake, deliveryId, repeats, verdict, reason, answer } = listened;
    const { is, status, ms, forwardedTo, error } = answer;
    const offset = number - request.number;
    return {
      number,
      at: request.at,
      provider,
      candidates,
      event: event?.name ?? null,
      handshake,
      deliveryId,
      repeats: repeats === null ? null : repeats + offset,
      verdict,
      reason,
      method: request.method,
      url: this.io.secrets.inText(maskParameters(request.url, listened.secretParameters)),
      remoteAddress: request.remoteAddress,
      headers: showHeaders(request.headers, listened.secretHeaders),
      body: showBody(request.body, { mediaType: mediaTypeOf(request.headers) }, this.io.secrets),
      answer: { is, status, ms, forwardedTo, problem: error?.message ?? null },
      diagnosis: listened.diagnosis,
      key,
    };
  }
}

/** Throws a UsageError for a place on another machine that the config does not name. */
function assertForward(project: Project, forward: string): void {
  if (targetNames(project).includes(forward.trim())) return;
  const target = choosePageTarget(project, forward);
  const { hostname } = new URL(target.urlFor({ provider: 'provider', event: 'event' }));
  if (isLoopback(hostname)) return;
  throw new UsageError('FOREIGN_TARGET', `${hostname} is neither this machine nor a target of the config.`, {
    hint: 'Add it to the targets of the config to forward there.',
  });
}

function weight({ body, url, headers }: InboxRow): number {
  const texts = headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  return (body.text ?? body.base64 ?? '').length + url.length + texts + 500;
}

/** Reads the rules of a request. Throws a RequestProblem. */
export function assertRules(rules: InboxRules): InboxRules {
  const { port } = rules;
  if (port === undefined || (Number.isInteger(port) && port >= 0 && port <= 65_535)) return rules;
  throw new RequestProblem(400, { code: 'BAD_PORT', message: 'port is a number from 0 to 65535.' });
}
