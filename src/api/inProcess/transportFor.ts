import { UsageError } from '../../core/errors.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import { clock } from '../world.js';
import type { FetchObject, Handler, HandlerKind, HandlerOptions, KoaApp, NodeListener } from './handler.js';

// biome-ignore lint/suspicious/noExplicitAny: a handler of whatever kind, once it is known which
type AnyFunction = (...args: any[]) => any;

/** Returns a transport to a handler; `onHandlerError` takes the errors that it throws. Throws a UsageError for a value that is no handler. */
export async function transportFor(
  handler: Handler,
  options: HandlerOptions,
  onHandlerError: (error: unknown) => void,
): Promise<DeliveryTransport> {
  const { as, base64, args } = options;
  if (as?.startsWith('lambda') || as === 'netlify') {
    const { lambdaCall } = await import('./lambdaCall.js');
    const kind = as as Exclude<HandlerKind, 'fetch' | 'node'>;
    return called(lambdaCall(assertFunction(handler, as), { kind, base64, now: clock.now }), onHandlerError);
  }
  if (as === 'fetch' || (as === undefined && isFetch(handler))) {
    const [{ fetchCall }, { workerContext }] = await Promise.all([
      import('./fetchCall.js'),
      import('./workerContext.js'),
    ]);
    const object = typeof handler === 'function' ? null : (handler as FetchObject);
    const call = object ? (object.fetch as AnyFunction).bind(object) : assertFunction(handler, 'fetch');
    return called(fetchCall(call, args ?? (object ? [{}, workerContext()] : [])), onHandlerError);
  }
  if (as !== undefined && as !== 'node') {
    throw new UsageError(
      'BAD_HANDLER',
      `as: there is no kind of handler ${String(as)}. There are fetch, node, lambda-v1, lambda-v2 and netlify.`,
    );
  }
  const { nodeTransport } = await import('./nodeTransport.js');
  return nodeTransport(await toServer(handler), onHandlerError);
}

async function called(
  call: import('./callTransport.js').Call,
  onHandlerError: (error: unknown) => void,
): Promise<DeliveryTransport> {
  const { CallTransport } = await import('./callTransport.js');
  return new CallTransport(call, onHandlerError);
}

function isFetch(handler: Handler): boolean {
  if (typeof handler === 'function') return handler.length < 2 && !('handle' in handler);
  return typeof (handler as Partial<FetchObject> | null)?.fetch === 'function';
}

async function toServer(handler: Handler): Promise<import('node:http').Server> {
  const { createServer, Server } = await import('node:http');
  if (typeof handler === 'function') return createServer(handler as NodeListener);
  const { ready, server, callback } = (handler ?? {}) as { ready?: unknown; server?: unknown; callback?: unknown };
  if (typeof callback === 'function') return createServer((handler as KoaApp).callback());
  if (typeof ready === 'function') await ready.call(handler);
  const candidate = server ?? handler;
  const isServer =
    candidate instanceof Server || typeof (candidate as { listeners?: unknown })?.listeners === 'function';
  if (isServer && (candidate as import('node:http').Server).listenerCount('request') > 0) {
    return candidate as import('node:http').Server;
  }
  throw new UsageError(
    'BAD_HANDLER',
    'This is nothing to deliver to. Give a Fetch handler, an object with fetch, a Node listener or server, an Express, Fastify or Koa app, or a Lambda function with as: "lambda-v2".',
  );
}

function assertFunction(handler: Handler, as: string): AnyFunction {
  if (typeof handler === 'function') return handler as AnyFunction;
  throw new UsageError(
    'BAD_HANDLER',
    `as: "${as}" is for functions, and this handler is none. Give the function itself.`,
  );
}
