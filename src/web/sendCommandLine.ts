import { maskAddress } from '../core/secretParameters.js';
import type { World } from '../core/world.js';
import { commandLine } from '../export/commandLine.js';
import { writeFaithfully } from '../json/encodeJson.js';
import { loadSample } from '../payloads/load.js';
import { findPayloadChanges } from './payloadChanges.js';
import { type ReadySending, readPayloadText } from './prepareSending.js';
import type { DestinationBody } from './protocol.js';

/** Changes that a command line still shows in a readable way. */
const maxChanges = 12;
const maxValue = 400;

/** Returns the command line that sends the page's delivery; null where no flags can express it, such as an entirely different payload. */
export async function sendCommandLine(
  { provider, event, target, request }: ReadySending,
  io: Pick<World, 'env'>,
): Promise<string | null> {
  if (request.raw !== undefined) return null;
  const changes = await changeFlags({ provider, event, request });
  if (changes === null) return null;
  const { variant, exact, headers = [], forge, count, retry } = request;
  const words = [
    ...['webhook-sim', 'send', provider.name, event],
    ...targetFlag(request.target ?? target.name ?? undefined),
    ...flag('variant', variant),
    ...flag('mode', request.mode),
    ...changes,
    ...switchFlag('exact', exact),
    ...headers.flatMap((header) => flag('header', header)),
    ...flag('forge', forge),
    ...(count !== undefined && count !== 1 ? flag('count', String(count)) : []),
    ...(retry ? (retry.delays === undefined ? switchFlag('retry', true) : flag('schedule', retry.delays)) : []),
    ...flag('speed', retry?.speed),
    ...secretChoiceFlags(request, provider.secret.sample),
    ...flag('timeout', request.timeout),
  ];
  return commandLine(words, io);
}

/** The flag of a secret; the sample secret, which is public, is written as it is. */
export function secretChoiceFlags({ secret }: Pick<DestinationBody, 'secret'>, sample: string): string[] {
  if (secret?.is === 'variable') return flag('secret', `env:${secret.name}`);
  return secret?.is === 'sample' ? flag('secret', sample) : [];
}

/** A flag with its value; nothing where there is none. */
export function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name}`, value];
}

/** The flag of a target, with three dots in place of an address that holds a secret; nothing where there is none. */
export function targetFlag(target: string | undefined): string[] {
  return flag('to', target !== undefined && maskAddress(target) !== target ? '…' : target);
}

/** A flag without a value; nothing where it is off. */
export function switchFlag(name: string, isOn: boolean | undefined): string[] {
  return isOn ? [`--${name}`] : [];
}

async function changeFlags({
  provider,
  event,
  request,
}: Pick<ReadySending, 'provider' | 'event' | 'request'>): Promise<string[] | null> {
  if (request.payload === undefined) return [];
  const sample = await loadSample({ provider, event, variant: request.variant ?? null });
  const changes = findPayloadChanges(sample, readPayloadText(request.payload, provider));
  if (changes === null || changes.set.length + changes.unset.length > maxChanges) return null;
  const sets = changes.set.map(([path, value]) => `${path}:=${writeFaithfully(value, 'js')}`);
  if (sets.some(({ length }) => length > maxValue)) return null;
  return [...sets.flatMap((each) => flag('set', each)), ...changes.unset.flatMap((path) => flag('unset', path))];
}
