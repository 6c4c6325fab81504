import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker } from 'node:worker_threads';
import { portError } from '../core/portError.js';
import { readUrl } from '../core/readUrl.js';
import { rejectMalformed } from '../core/rejectMalformed.js';
import { version } from '../core/version.js';
import type { World } from '../core/world.js';
import { isCi } from '../history/logDeliveries.js';
import { writeMasked } from '../report/shared/writeMasked.js';
import { openSilentProject } from '../session/project/silentWorld.js';
import { HintReader } from '../session/provider/hints/hintReader.js';
import { catalogueRoutes } from './catalogueRoutes.js';
import { checkRoutes } from './checkRoutes.js';
import { deliveryRoutes } from './deliveryRoutes.js';
import { EventHub } from './eventHub.js';
import { flowRoutes } from './flowRoutes.js';
import { assertOwnPage, assertToken, type GuardTerms, isApi, mayHaveOpener } from './guardRequest.js';
import { handshakeRoutes } from './handshakeRoutes.js';
import { InboxServer } from './inboxServer.js';
import { Jobs } from './jobs.js';
import { matchRoute } from './matchRoute.js';
import { pageHtml, pagePolicy } from './pageHtml.js';
import { projectRoutes } from './projectRoutes.js';
import { readJsonBody } from './readJsonBody.js';
import { describeProblem, RequestProblem } from './requestProblem.js';
import { resendRoutes } from './resendRoutes.js';
import { sendRoutes } from './sendRoutes.js';
import type { PageServices, RouteTable } from './services.js';
import { Timeline } from './timeline.js';
import { watchConfig } from './watchConfig.js';

const routes: RouteTable = {
  ...projectRoutes,
  ...catalogueRoutes,
  ...sendRoutes,
  ...checkRoutes,
  ...flowRoutes,
  ...handshakeRoutes,
  ...resendRoutes,
  ...deliveryRoutes,
};

/** Milliseconds of silence after which a stream sends a heartbeat. */
const beatMs = 15_000;
/** The bytes that a page may lag behind before it is cut off; it then resumes where it was. */
const maxBehind = 16 * 1024 * 1024;
const maxStreams = 50;
/** Milliseconds in which the last answers have to be taken. */
const lastAnswersMs = 500;

interface UiOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** The option of the port, as the user writes it. */
  readonly portOption: string;
  /** The config that the user names. */
  readonly config?: string | undefined;
  /** Instead of the thread of the bundle, which reads specifications. */
  readonly startHintsThread?: () => Worker;
}

/** The server of the page while it runs. */
export interface UiServer {
  /** With the token behind `#`: who has it may do what the page does. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the server of the page on the loopback. Throws a UsageError where the port can't be opened, or the config is wrong. */
export async function openUiServer(
  { port, portOption, config, startHintsThread }: UiOptions,
  io: World,
): Promise<UiServer> {
  const { createServer } = await import('node:http');
  const project = () => openSilentProject(io, config);
  const opened = await project();
  const boot = Buffer.from(io.entropy(6)).toString('hex');
  const token = Buffer.from(io.entropy(32)).toString('base64url');
  const hub = new EventHub(boot, version, (event) => writeMasked(event, io.secrets));
  const timeline = new Timeline(opened, io, hub);
  const services: PageServices = {
    io,
    project,
    hub,
    jobs: new Jobs(boot, hub, io),
    timeline,
    inbox: new InboxServer(io, hub, project),
    hints: new HintReader(io, startHintsThread),
    boot,
    keepsLog: opened.config.log !== false && !isCi(io),
  };
  const watching = watchConfig(opened, io, () => hub.publish({ type: 'project-changed' }));
  const terms = { port, token };
  const server = createServer({ maxHeaderSize: 32 * 1024, requestTimeout: 30_000 }, (request, response) => {
    answer(request, response, { terms, services }).catch(() => response.destroy());
  });
  server.on('clientError', rejectMalformed);
  server.on('connection', (socket) => socket.on('error', () => {}));
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', ({ code }: NodeJS.ErrnoException) =>
        reject(portError(port, code, `Name another with ${portOption}`)),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    timeline.close();
    watching.close();
    throw error;
  }
  terms.port = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${terms.port}/#token=${token}`,
    port: terms.port,
    close: async () => {
      watching.close();
      timeline.close();
      await Promise.all([services.jobs.close(), services.inbox.close(), services.hints.close()]);
      hub.close();
      await new Promise<void>((resolve) => {
        const hurry = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
        server.close(() => {
          clearTimeout(hurry);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

interface ServerState {
  readonly terms: GuardTerms;
  readonly services: PageServices;
}

async function answer(request: IncomingMessage, response: ServerResponse, state: ServerState): Promise<void> {
  const { services } = state;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  // It costs a browser a process, and so half of the first paint; a tab that no page opened needs no isolation.
  if (mayHaveOpener(request)) response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  try {
    assertOwnPage(request, state.terms);
    const url = readUrl(`http://127.0.0.1${request.url ?? '/'}`);
    if (url === null || !request.url?.startsWith('/')) {
      throw new RequestProblem(400, { code: 'BAD_REQUEST', message: 'The address of the request is none.' });
    }
    if (!isApi(request)) return servePage(url.pathname, request, response, services.io);
    assertToken(request, state.terms);
    if (request.method === 'GET' && url.pathname === '/api/events') {
      openStream(url.searchParams.get('after') || null, response, services);
      return;
    }
    const { handler, params } = matchRoute(routes, request.method ?? '', url.pathname);
    const body = request.method === 'GET' ? {} : await readJsonBody(request);
    const value = await handler({ params, query: url.searchParams, body }, services);
    write(response, 200, writeMasked(value, services.io.secrets));
  } catch (error) {
    const { status, problem } = describeProblem(error);
    if (response.headersSent || response.destroyed) return void response.destroy();
    // What of the request was not read is not waited for.
    if (!request.complete) response.setHeader('Connection', 'close');
    write(response, status, writeMasked(problem, services.io.secrets));
  }
}

function write(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(json);
}

function servePage(path: string, request: IncomingMessage, response: ServerResponse, io: World): void {
  if (path !== '/') throw new RequestProblem(404, { code: 'NO_ROUTE', message: `There is no ${path} here.` });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new RequestProblem(405, { code: 'BAD_METHOD', message: 'The page takes GET alone.' });
  }
  const nonce = Buffer.from(io.entropy(18)).toString('base64');
  response.setHeader('Content-Security-Policy', pagePolicy(nonce));
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(request.method === 'HEAD' ? undefined : pageHtml(nonce));
}

/** Streams events to a page until one side closes. */
function openStream(after: string | null, response: ServerResponse, { hub, timeline }: PageServices): void {
  if (hub.size >= maxStreams) {
    throw new RequestProblem(409, { code: 'BUSY', message: 'Too many pages are open.', hint: 'Close some of them.' });
  }
  timeline.look();
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' });
  const beat = setInterval(() => send('{"type":"beat"}'), beatMs).unref();
  const send = (line: string) => {
    beat.refresh();
    response.write(`${line}\n`);
    if (response.writableLength > maxBehind) response.destroy();
  };
  const end = hub.listen(after, { send, end: (line) => response.end(`${line}\n`) });
  response.once('close', () => {
    clearInterval(beat);
    end();
  });
}
