import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { findHeadProblem, headProblems } from '../core/headProblem.js';
import { tokenHeader } from './protocol.js';
import { RequestProblem } from './requestProblem.js';

/** The port and token that identify the page's own requests. */
export interface GuardTerms {
  readonly port: number;
  readonly token: string;
}

/**
 * Throws a RequestProblem for a request that the page did not make: one to another host, which a foreign name that leads here has (DNS
 * rebinding), or one that another page makes.
 */
export function assertOwnPage(request: IncomingMessage, { port }: Pick<GuardTerms, 'port'>): void {
  const ambiguity = findHeadProblem(request);
  if (ambiguity !== null) {
    throw new RequestProblem(400, {
      code: 'BAD_REQUEST',
      message: `The request is ambiguous: ${headProblems[ambiguity]}.`,
    });
  }
  const { host, origin } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    throw new RequestProblem(403, {
      code: 'FOREIGN_HOST',
      message: 'This server is there for its own address alone.',
      hint: `Open http://127.0.0.1:${port}/`,
    });
  }
  const isForeignSite = request.headers['sec-fetch-site'] !== undefined && mayHaveOpener(request);
  const isForeignOrigin = origin !== undefined && origin !== `http://${host.toLowerCase()}`;
  // A link that leads here may open the page, which does nothing without the token.
  const isVisit =
    request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate' && !isApi(request) && !isForeignOrigin;
  if (isForeignOrigin || (isForeignSite && !isVisit)) {
    throw new RequestProblem(403, { code: 'FOREIGN_ORIGIN', message: 'Another page may not use this server.' });
  }
}

/**
 * Returns whether another page may have opened the tab of a request: all but those that a browser marks as typed, or as opened by this page itself.
 */
export function mayHaveOpener({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return site !== 'none' && site !== 'same-origin';
}

/** Returns whether a request is for a route that the token protects. */
export function isApi({ url = '/' }: IncomingMessage): boolean {
  return url.startsWith('/api/') || url === '/api';
}

/** Throws a RequestProblem for a request without the token. */
export function assertToken({ headers }: IncomingMessage, { token }: Pick<GuardTerms, 'token'>): void {
  const given = headers[tokenHeader];
  const [mine, theirs] = [Buffer.from(token), Buffer.from(typeof given === 'string' ? given : '')];
  if (mine.length === theirs.length && timingSafeEqual(mine, theirs)) return;
  throw new RequestProblem(401, {
    code: 'NO_TOKEN',
    message: 'This tab has no token, or that of an earlier start.',
    hint: 'Open the address that webhook-sim ui prints, with all that follows #.',
  });
}
