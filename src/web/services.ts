import type { Project } from '../config/project.js';
import type { World } from '../core/world.js';
import type { HintReader } from '../session/provider/hints/hintReader.js';
import type { EventHub } from './eventHub.js';
import type { InboxServer } from './inboxServer.js';
import type { Jobs } from './jobs.js';
import type { Timeline } from './timeline.js';

/** The services for the page's routes. */
export interface PageServices {
  readonly io: World;
  /** The project as it is now. */
  readonly project: () => Promise<Project>;
  readonly hub: EventHub;
  readonly jobs: Jobs;
  readonly timeline: Timeline;
  readonly inbox: InboxServer;
  readonly hints: HintReader;
  readonly boot: string;
  /** False where nothing is kept. */
  readonly keepsLog: boolean;
}

/** A request of the page, as far as a route needs it. */
export interface PageRequest {
  /** The value of each `:name` in the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Of a POST; empty for a GET. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Handles a route; the result is sent as JSON. */
export type RouteHandler = (request: PageRequest, services: PageServices) => unknown;

/** Routes by method and path, such as `GET /api/deliveries/:key`. */
export type RouteTable = Readonly<Record<string, RouteHandler>>;
