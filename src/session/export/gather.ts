import type { Delivery } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Forgery } from '../../core/forgery.js';
import type { Provider } from '../../core/provider.js';
import type { Exported } from '../../export/exported.js';
import { forgeries } from '../../forge/forgeries.js';
import { inapplicableReason } from '../../forge/inapplicableReason.js';
import { eventRules } from '../../policy/rules.js';
import type { ChosenContent, Prepared, UrlFor } from '../send/prepareSend.js';

/** Names that Windows reserves for devices, whatever follows a dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const longest = 120;

/**
 * Texts as names of files without their ending: of letters, digits, dots, dashes and underscores only, none hidden, none a
 * device of Windows, and no two alike, also where case does not count.
 */
export function fileNames(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const plain = text
      .replace(/[^A-Za-z0-9._-]+/g, '_')
      .replace(/^[.-]/, '_')
      .replace(device, '$1_')
      .slice(0, longest)
      .replace(/\.+$/, '');
    const base = plain === '' ? '_' : plain;
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${base}-${count}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** The deliveries to export. */
export interface GatherRequest {
  readonly prepared: Prepared;
  readonly events: readonly string[];
  readonly variant: string | null;
  readonly allVariants: boolean;
  readonly forgeries: 'all' | readonly Forgery[];
  readonly urlFor: UrlFor;
}

/** A forgery that is not exported, for all events or (`event`) for one. */
export interface LeftOut {
  readonly forge: string;
  readonly event: string | null;
  readonly reason: string;
}

/** Makes all deliveries of an export: the honest ones as `send` would, then the forgeries. Throws a UsageError. */
export async function gather(request: GatherRequest): Promise<{ deliveries: Exported[]; leftOut: LeftOut[] }> {
  const { prepared, events, variant, urlFor } = request;
  const { provider } = prepared;
  const found: (Pick<Exported, 'delivery' | 'problem' | 'success'> & { readonly name: string })[] = [];
  const leftOut: LeftOut[] = [];
  const add = async (chosen: ChosenContent & { readonly events: readonly string[] }) => {
    const { deliveries } = await prepared.deliveriesTo(urlFor, { variant, ...chosen });
    let at = 0;
    for await (const { delivery } of deliveries) {
      const event = chosen.events[at++]!;
      const success = eventRules(provider, provider.events[event]).successText;
      found.push({ name: formatName(event, delivery), delivery, problem: chosen.forgery?.title ?? null, success });
    }
  };
  for (const each of honestContents(request)) await add(each);
  for (const forgery of request.forgeries === 'all' ? forgeries : request.forgeries) {
    const reason = request.forgeries === 'all' ? inapplicableReason(forgery, provider) : null;
    if (reason !== null) {
      leftOut.push({ forge: forgery.name, event: null, reason });
      continue;
    }
    const rejected: LeftOut[] = [];
    for (const event of request.forgeries === 'all' ? events : []) {
      const why = await omissionReason({ events: [event], variant, forgery }, request);
      if (why !== null) rejected.push({ forge: forgery.name, event, reason: why });
    }
    const isAll = rejected.length === events.length && new Set(rejected.map((each) => each.reason)).size === 1;
    leftOut.push(...(isAll ? [{ ...rejected[0]!, event: null }] : rejected));
    const forgeable = events.filter((event) => !rejected.some((each) => each.event === event));
    if (forgeable.length > 0) await add({ events: forgeable, forgery });
  }
  const names = fileNames(found.map(({ name }) => name));
  return { deliveries: found.map((each, at) => ({ ...each, name: names[at]! })), leftOut };
}

function formatName(event: string, { variant, forge }: Delivery): string {
  return [event, ...(variant === null ? [] : [variant]), ...(forge === null ? [] : [`forged-${forge}`])].join('--');
}

/** Returns the contents of the honest deliveries of an export, in order. */
export function honestContents({ prepared, events, variant, allVariants }: HonestRequest) {
  return [{ events, variant }, ...(allVariants ? variantsOf(prepared.provider, events) : [])];
}

type HonestRequest = Pick<GatherRequest, 'prepared' | 'events' | 'variant' | 'allVariants'>;

/** The variants of some events, each with the events that have it. */
function variantsOf(provider: Provider, events: readonly string[]) {
  const of = (event: string) => Object.keys(provider.events[event]!.variants ?? {});
  return [...new Set(events.flatMap(of))].map((variant) => ({
    variant,
    events: events.filter((event) => of(event).includes(variant)),
  }));
}

/** Returns why a forgery would be a true delivery of an event, or a function makes none; null where it is false. */
async function omissionReason(chosen: ChosenContent, { prepared, urlFor }: GatherRequest): Promise<string | null> {
  try {
    await prepared.deliveriesTo(urlFor, chosen);
    return null;
  } catch (error) {
    if (error instanceof UsageError && ['MEANINGLESS_FORGERY', 'FUNCTION_FAILED'].includes(error.code)) {
      return error.message.replace(/^.*?: |\.$/g, '');
    }
    throw error;
  }
}
