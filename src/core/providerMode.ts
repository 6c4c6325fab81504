import { UsageError } from './errors.js';
import { unknownName } from './nearest.js';
import type { ModeSpec, Provider } from './provider.js';
import { type HeaderSpec, headerName } from './scheme.js';

/** The provider of each mode, so that it is always the same one. */
const inModes = new WeakMap<Provider, Map<string, Provider>>();
/** The provider behind a provider in a mode, and the name of the mode. */
const origins = new WeakMap<Provider, { readonly base: Provider; readonly mode: string }>();

/** Returns a provider in the mode that its user chose. Throws a UsageError for a mode that it does not have; `what` names the option. */
export function providerInMode(provider: Provider, mode: string, what = 'mode'): Provider {
  const base = withoutMode(provider);
  const { modes = {}, title } = base;
  const known = inModes.get(base)?.get(mode);
  if (known) return known;
  if (!Object.hasOwn(modes, mode)) {
    const names = Object.keys(modes);
    if (names.length === 0) throw new UsageError('UNKNOWN_MODE', `${what}: ${title} delivers in one form only.`);
    throw unknownName('UNKNOWN_MODE', `${what}: ${title} has no mode ${mode}.`, { name: mode, known: names });
  }
  const applied = applyMode(base, modes[mode]!);
  inModes.set(base, (inModes.get(base) ?? new Map<string, Provider>()).set(mode, applied));
  origins.set(applied, { base, mode });
  return applied;
}

/** A provider in its usual form. */
export function withoutMode(provider: Provider): Provider {
  return origins.get(provider)?.base ?? provider;
}

/** The mode that a provider is in; null in its usual form. */
export function modeOf(provider: Provider): string | null {
  return origins.get(provider)?.mode ?? null;
}

/** Returns a provider in the mode that a request has by its method and media type; unchanged where these show none. */
export function providerInReceivedMode(
  provider: Provider,
  { method, headers }: { readonly method: string; readonly headers: readonly (readonly [string, unknown])[] },
): Provider {
  const base = withoutMode(provider);
  const names = Object.keys(base.modes ?? {});
  if (names.length === 0) return provider;
  const received = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const type = typeof received === 'string' ? mediaType(received) : null;
  const fits = (each: Provider) => each.method === method && mediaTypeOf(each) === type;
  if (fits(provider)) return provider;
  return [base, ...names.map((name) => providerInMode(base, name))].find(fits) ?? provider;
}

function mediaTypeOf({ headers }: Provider): string | null {
  const header = headers.find(([name]) => name.toLowerCase() === 'content-type');
  return typeof header?.[1] === 'string' ? mediaType(header[1]) : null;
}

function mediaType(text: string): string {
  return text.split(';')[0]!.trim().toLowerCase();
}

function applyMode(provider: Provider, mode: ModeSpec): Provider {
  const { title: _, certainty: __, source: ___, headers = {}, values, signatures, ...others } = mode;
  return {
    ...provider,
    ...others,
    headers: withHeaders(provider.headers, headers),
    values: { ...provider.values, ...values },
    signatures: { ...signatures, ...provider.signatures, ...signatures },
  };
}

function withHeaders(headers: readonly HeaderSpec[], changes: Readonly<Record<string, string>>): HeaderSpec[] {
  const left = new Map(Object.entries(changes).map(([name, text]) => [name.toLowerCase(), [name, text] as const]));
  const changed = headers.map((header): HeaderSpec => {
    const name = headerName(header[0]).toLowerCase();
    const change = left.get(name);
    left.delete(name);
    return change ?? header;
  });
  return [...changed, ...left.values()].filter(([, value]) => value !== '');
}
