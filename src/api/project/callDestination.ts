import type { Project } from '../../config/project.js';
import { type ChosenTarget, chooseTarget } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import { type ConnectionValues, connectionOptions } from '../../options/connection.js';
import type { Carrier } from '../../transport/carrier.js';
import type { Handler, HandlerOptions } from '../inProcess/handler.js';
import type { Receiver } from '../receiver.js';
import { addressOf } from '../settings.js';
import type { DestinationOptions } from './destinationOptions.js';

/** A target, and what takes deliveries to it where that is a handler. */
export interface CallDestination {
  readonly target: ChosenTarget;
  /** Null where they go over the wire. */
  readonly carrier: Carrier | null;
}

/** The options that only a handler has; a call reads them itself. */
export const receiverKeys = ['url', 'as', 'args', 'base64'] as const;

/** Options without a handler, which is none of the values that a command has, too. */
export function withoutHandler<T extends DestinationOptions>(given: T): Omit<T, 'to'> & { readonly to?: string | URL } {
  const { to, ...rest } = given;
  return to === undefined || isHandler(to) ? rest : { ...rest, to };
}

/** Opens where a call sends to. Throws a UsageError where nobody says, and for options that a handler has no use for. */
export async function callDestination(
  { to, url, ...given }: DestinationOptions,
  options: ConnectionValues & { readonly to?: string },
  project: Project,
): Promise<CallDestination> {
  const { nameOf } = options;
  if (to !== undefined && isHandler(to))
    return { target: handlerTarget(url, options), carrier: await carrierTo(to, given) };
  const odd = Object.keys({ ...given, ...(url !== undefined && { url }) }).find((key) =>
    (receiverKeys as readonly string[]).includes(key),
  );
  if (odd !== undefined) {
    throw new UsageError('CONFLICT', `${nameOf(odd)} is about a handler in this process, and ${nameOf('to')} is none.`);
  }
  if (options.to === undefined && project.file === null) {
    throw new UsageError(
      'NO_TARGET',
      `${nameOf('to')}: where to? Give an address such as http://localhost:3000/webhooks, or a handler; demo is the built-in receiver.`,
    );
  }
  return { target: chooseTarget(project, options), carrier: null };
}

function isHandler(to: Receiver): to is Handler {
  return typeof to !== 'string' && !(to instanceof URL);
}

function handlerTarget(url: string | URL | undefined, options: ConnectionValues): ChosenTarget {
  const { publicUrl, nameOf } = options;
  const way = Object.keys(connectionOptions).find(
    (key) => key !== 'publicUrl' && options[key as keyof ConnectionValues] !== undefined,
  );
  if (way !== undefined) {
    throw new UsageError('CONFLICT', `${nameOf(way)} is about a connection, and a handler in this process has none.`);
  }
  const { url: address } = addressOf(url);
  const known = publicUrl === undefined ? {} : { publicUrlFor: () => publicUrl };
  return { name: null, address, urlFor: () => address, options: {}, ...known };
}

async function carrierTo(handler: Handler, { as, args, base64 }: HandlerOptions): Promise<Carrier> {
  const { carrierFor } = await import('../inProcess/carrierFor.js');
  const options = { ...(as && { as }), ...(args && { args }), ...(base64 !== undefined && { base64 }) };
  return carrierFor(handler, options, () => {});
}
