import type { Project } from '../../config/project.js';
import { type ChosenTarget, chooseTarget } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import type { Route } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import { type ConnectionValues, connectionOptions } from '../../options/connection.js';
import type { Serving } from '../../session/keys/serveKeys.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import type { Handler, HandlerOptions } from '../inProcess/handler.js';
import type { Receiver } from '../receiver.js';
import { parseCallAddress } from '../settings.js';
import { type DestinationOptions, destinationKeys } from './destinationOptions.js';

/** A target, with the transport of a handler where it is one. */
export interface CallDestination {
  readonly target: ChosenTarget;
  /** Null where they go over the wire. */
  readonly inProcess: DeliveryTransport | null;
}

/** The options that choose the destination of a call. */
interface CallReceiver extends DestinationOptions {
  readonly route?: Partial<Route> | undefined;
}

/** Options without a handler, which is none of the values that a command has, too. */
export function withoutHandler<T extends DestinationOptions>(given: T): Omit<T, 'to'> & { readonly to?: string | URL } {
  const { to, ...rest } = given;
  return to === undefined || isHandler(to) ? rest : { ...rest, to };
}

/** Opens the destination of a call. Throws a UsageError where none is given, and for options that do not apply to it. */
export async function callDestination(
  { to, url, route, ...given }: CallReceiver,
  options: ConnectionValues & { readonly to?: string },
  project: Project,
): Promise<CallDestination> {
  const { nameOf } = options;
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  const ways = Object.keys(connectionOptions).filter((key) => key !== 'publicUrl');
  const way = ways.find((key) => options[key as keyof ConnectionValues] !== undefined);
  if (route && way !== undefined) {
    throw conflict(`${nameOf('route')} is the whole way, and ${nameOf(way)} a part of it. Give one or the other.`);
  }
  if (to !== undefined && isHandler(to)) {
    const odd = route ? 'route' : way;
    if (odd === undefined) return { target: handlerTarget(url, options), inProcess: await transportTo(to, given) };
    throw conflict(`${nameOf(odd)} is about a connection, and a handler in this process has none.`);
  }
  const { url: address, hasUrl } = parseCallAddress(url);
  const odd = Object.keys(given).find(isReceiverKey) ?? (to !== undefined && url !== undefined ? 'url' : undefined);
  if (odd === 'url' && hasUrl) {
    throw conflict(`${nameOf('to')} and ${nameOf('url')} are two addresses. Give one of them.`);
  }
  if (odd !== undefined)
    throw conflict(`${nameOf(odd)} is about a handler in this process, and ${nameOf('to')} is none.`);
  if (hasUrl) {
    const named = { ...options, to: address, nameOf: (key: string) => nameOf(key === 'to' ? 'url' : key) };
    return { target: chooseTarget(project, named), inProcess: null };
  }
  if (url !== undefined || (to === undefined && project.file === null)) {
    throw new UsageError(
      'NO_TARGET',
      `${nameOf('to')}: where to? Give an address such as http://localhost:3000/webhooks, or a handler; demo is the built-in receiver.`,
    );
  }
  return { target: chooseTarget(project, options), inProcess: null };
}

function isReceiverKey(key: string): boolean {
  return (destinationKeys as readonly string[]).includes(key);
}

function isHandler(to: Receiver): to is Handler {
  return typeof to !== 'string' && !(to instanceof URL);
}

function handlerTarget(url: string | URL | undefined, { publicUrl }: ConnectionValues): ChosenTarget {
  const { url: address } = parseCallAddress(url);
  const known = publicUrl === undefined ? {} : { publicUrlFor: () => publicUrl };
  return { name: null, address, urlFor: () => address, options: {}, ...known };
}

async function transportTo(handler: Handler, { as, args, base64 }: HandlerOptions): Promise<DeliveryTransport> {
  const { transportFor } = await import('../inProcess/transportFor.js');
  const options = { ...(as && { as }), ...(args && { args }), ...(base64 !== undefined && { base64 }) };
  return transportFor(handler, options, () => {});
}

/** Serves the public keys of a call on a port; null where none is given. Throws a UsageError where no signer has one. */
export async function serveCallKeys(
  port: number | undefined,
  signers: Iterable<readonly [Provider, readonly Secret[]]>,
): Promise<Serving | null> {
  if (port === undefined) return null;
  const { serveKeys } = await import('../../session/keys/serveKeys.js');
  return serveKeys(port, signers, () => {});
}
