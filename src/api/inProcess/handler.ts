// biome-ignore lint/suspicious/noTsIgnore: where the types of Node are installed there is no error to expect
/** @ts-ignore Where the types of Node are not installed, these are any. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OptionKeys } from '../assertOptions.js';

/** A handler in the style of the Fetch API: Next.js, Remix, Deno, Bun. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** An object with a `fetch`: Hono, a Cloudflare Worker, what Bun and Deno serve. */
export interface FetchObject {
  // biome-ignore lint/suspicious/noExplicitAny: what comes after the request is the platform's own
  fetch(request: Request, ...more: any[]): Response | Promise<Response>;
}

/** A listener of Node's HTTP server: also an Express app and what Koa's `callback()` returns. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** An HTTP server of Node, as its constructor made it; it need not listen. */
export interface NodeServer {
  listeners(name: string): readonly unknown[];
  listenerCount(name: string): number;
}

/** A Fastify app; it is made ready, but need not listen. */
export interface FastifyApp {
  ready(): PromiseLike<unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: a server of any kind, which is looked at when it is used
  readonly server: any;
}

/** A Koa app. */
export interface KoaApp {
  callback(): NodeListener;
}

/** A function of AWS Lambda or Netlify: takes an event, returns what the gateway makes a response of. */
// biome-ignore lint/suspicious/noExplicitAny: each platform has its own types for what its functions take
export type LambdaFunction = (event: any, context: any, callback: any) => unknown;

/** A handler that `deliver` and similar functions can deliver to. */
export type Handler = FetchHandler | FetchObject | NodeListener | NodeServer | FastifyApp | KoaApp | LambdaFunction;

/**
 * The kind of a handler. By default it is recognized of objects, and of functions by the number of their parameters: one is `fetch`, two or three are
 * `node`. Lambda functions have to be named, and so does a Fetch handler that takes more than the request.
 */
export type HandlerKind = 'fetch' | 'node' | 'lambda-v1' | 'lambda-v2' | 'netlify';

/** The options by which a handler is called. */
export interface HandlerOptions {
  readonly as?: HandlerKind;
  /** Further arguments of a Fetch handler after the request, such as `[env, ctx]` of a worker or `[{ params }]` of a route. */
  readonly args?: readonly unknown[];
  /** Whether a Lambda event holds its body in base64; by default where its platform does so, or where the body is no UTF-8. */
  readonly base64?: boolean;
}

/** The names of `HandlerOptions`. */
export const handlerKeys: OptionKeys<HandlerOptions> = { as: true, args: true, base64: true };
