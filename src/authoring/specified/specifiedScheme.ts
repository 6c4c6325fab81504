import type { Specification, SpecifiedHeader } from '../../spec/specification.js';

/** The signature scheme that a specification names or suggests. */
export interface SpecifiedScheme {
  /** The name of a preset. */
  readonly preset: string;
  /** The header of the signature or token, where the preset does not fix it. */
  readonly header?: string;
  /** The text before the signature in its header. */
  readonly prefix?: string;
  /** Whether it only is the usual way. */
  readonly isGuess: boolean;
  /** The evidence for it in the specification. */
  readonly reason: string;
}

/**
 * Finds the scheme of a specification: by headers of a standard, a security scheme, or a header with the name of a signature; null where it has none.
 */
export function findSpecifiedScheme({ events }: Pick<Specification, 'events'>): SpecifiedScheme | null {
  const headers = new Map(
    events.flatMap((event) => event.headers.map((header) => [header.name.toLowerCase(), header])),
  );
  for (const prefix of ['svix', 'webhook']) {
    if (!headers.has(`${prefix}-signature`) || !headers.has(`${prefix}-id`)) continue;
    const preset = prefix === 'svix' ? 'svix' : 'standard-webhooks';
    return { preset, isGuess: false, reason: `it names the headers ${prefix}-id and ${prefix}-signature` };
  }
  const signing = [...headers.values()].filter(({ name }) => isSignatureName(name));
  const header = signing.find(({ name }) => /256/.test(name)) ?? signing[0];
  if (header) return guessFromHeader(header);
  const security = events.flatMap((event) => event.security);
  const [first] = security;
  if (!first) return null;
  if (first.kind === 'basic' || first.kind === 'bearer') {
    return { preset: first.kind, isGuess: false, reason: `its webhooks ask for HTTP ${first.kind} authentication` };
  }
  if (first.kind !== 'header' || first.header === null) return null;
  if (isSignatureName(first.header)) return guessFromHeader({ name: first.header, value: null, example: null });
  const reason = `its webhooks carry an API key in ${first.header}`;
  return /^authorization$/i.test(first.header)
    ? { preset: 'bearer', isGuess: true, reason }
    : { preset: 'token', header: first.header, isGuess: false, reason };
}

/** Returns whether a header of this name holds a signature. */
export function isSignatureName(name: string): boolean {
  return /sign(?:ature)?(?:-|$)|hmac/i.test(name) && !/algorithm|version|timestamp/i.test(name);
}

function guessFromHeader({ name, example }: SpecifiedHeader): SpecifiedScheme {
  const reason = `it names the header ${name}`;
  if (/^t=\d+,/.test(example ?? '')) return { preset: 'stripe', header: name, isGuess: true, reason };
  const [prefix] = /^(?:sha256|v1|v0|hmac-sha256)=/i.exec(example ?? '') ?? [];
  return { preset: 'hmac', header: name, ...(prefix !== undefined && { prefix }), isGuess: true, reason };
}
