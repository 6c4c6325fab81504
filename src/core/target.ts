import { UsageError } from './errors.js';
import { suggest } from './nearest.js';

/** The name of the built-in receiver. */
export const demoTarget = 'demo';

const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;
const privateName = /^(localhost|[^.:]+|.*\.(localhost|local|test|internal|lan|localdomain|home\.arpa))$/i;
const privateAddress =
  /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$|\[(::1|::|f[cd][0-9a-f]{2}:.*|fe80:.*)\]$)/i;

/** Whether traffic to a host stays on this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127\..*|\[::1\])$/i.test(hostname);
}

/**
 * Reads a target as people type it: `localhost:3000`, `:3000`, `3000/path`, `host/path`, a full URL, or the name of one of `names`.
 * Returns `{ name }` for a name and `{ url }` for an address; http for loopback and private hosts, https otherwise.
 * Throws a UsageError for anything else.
 */
export function parseTarget(text: string, names: readonly string[]): { name: string } | { url: string } {
  const target = text.trim();
  if (names.includes(target)) return { name: target };
  if (target === '') throw new UsageError('BAD_TARGET', 'The target is empty. Write --to localhost:3000 or a URL.');
  const protocol = scheme.exec(target)?.[1]?.toLowerCase();
  if (protocol && protocol !== 'http' && protocol !== 'https') {
    throw new UsageError('BAD_TARGET', `A webhook can't be sent to ${protocol}:. Write an http:// or https:// URL.`);
  }
  if (!protocol && /^[A-Za-z][\w-]*$/.test(target)) {
    throw new UsageError(
      'UNKNOWN_TARGET',
      `There is no target named ${target}. ${suggest(target, names)} An address needs a port or a path: ${target}:3000, ${target}/webhooks.`,
    );
  }
  const url = protocol ? parseUrl(target, target) : parseUrl(withScheme(target), target);
  if (!url.hostname) throw new UsageError('BAD_TARGET', `"${target}" has no host. Write localhost:3000 or a URL.`);
  url.hash = '';
  return { url: url.href };
}

function withScheme(target: string): string {
  const address = /^\d+(?=[/?]|$)/.test(target)
    ? `localhost:${target}`
    : target.startsWith(':')
      ? `localhost${target}`
      : target;
  const { hostname } = parseUrl(`http://${address}`, target);
  return `${privateName.test(hostname) || privateAddress.test(hostname) ? 'http' : 'https'}://${address}`;
}

function parseUrl(text: string, typed: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new UsageError(
      'BAD_TARGET',
      `"${typed}" is not an address to send to. Write localhost:3000, :3000/path or a whole URL; a port is 1 to 65535.`,
      { cause },
    );
  }
}
