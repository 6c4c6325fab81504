import { UsageError } from './errors.js';
import { holdsMask } from './fingerprint.js';
import { unknownName } from './nearest.js';
import { readUrl } from './readUrl.js';

/** The usual address of a receiver under development, for examples and templates that name no target yet. */
export const exampleUrl = 'http://localhost:3000/webhooks';

/** The name of the built-in receiver. */
export const demoTarget = 'demo';

const scheme = /^([a-z][a-z0-9+.-]*):\/\//i;
const otherScheme = /^(about|blob|data|file|ftp|javascript|mailto|tel|urn|wss?):(?!\d)/i;
const privateName = /^([^.:]+|.*\.(localhost|local|test|internal|lan|localdomain|home\.arpa))\.?$/i;
const privateAddress =
  /^((10|127)\.\d+|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+$|^0\.0\.0\.0$|^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|::ffff:7f[0-9a-f]{2}:.*)\]$/i;

/** Returns whether traffic to a host (as `URL.hostname` writes it) stays on this machine. */
export function isLoopback(hostname: string): boolean {
  return /^((.*\.)?localhost\.?|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[(::1?|::ffff:7f[0-9a-f]{2}:.*)\])$/i.test(hostname);
}

/**
 * Reads a target as people type it: `localhost:3000`, `:3000`, `3000/path`, `host/path`, a full URL, or the name of one of `names`.
 * Returns `{ name }` for a name and `{ url }` for an address; http for loopback and private hosts, https otherwise.
 * Throws a UsageError for anything else.
 */
export function parseTarget(text: string, names: readonly string[]): { name: string } | { url: string } {
  const target = text.trim();
  if (names.includes(target)) return { name: target };
  if (holdsMask(target)) {
    throw new UsageError(
      'MASKED_VALUE',
      'The target holds what outputs show in place of a secret. Give the address as it is, with the real one.',
    );
  }
  if (target === '') throw new UsageError('BAD_TARGET', 'The target is empty. Write localhost:3000 or a URL.');
  const protocol = (scheme.exec(target) ?? otherScheme.exec(target))?.[1]?.toLowerCase();
  if (protocol && protocol !== 'http' && protocol !== 'https') {
    throw new UsageError('BAD_TARGET', `A webhook can't be sent to ${protocol}:. Write an http:// or https:// URL.`);
  }
  if (/^\p{L}[\p{L}\p{N}_-]*$/u.test(target)) {
    const more = `An address needs a port or a path: ${target}:3000, ${target}/webhooks.`;
    throw unknownName('UNKNOWN_TARGET', `There is no target named ${target}.`, { name: target, known: names, more });
  }
  if (isMistyped(target.replace(scheme, ''), protocol !== undefined)) throw invalidAddress(target);
  const url = parseUrl(protocol ? target : withScheme(target), target);
  url.hash = '';
  return { url: url.href };
}

/** Texts that the URL parser takes for an address, but not for the one that was meant. */
function isMistyped(address: string, hasScheme: boolean): boolean {
  return (
    /[\0-\x1f\x7f]/.test(address) ||
    /^[^?#]*\\/.test(address) ||
    /^[^/?#]*:([/?#]|$)/.test(address) ||
    address.startsWith('/') ||
    (!hasScheme && /^(https?|\d+):/i.test(address))
  );
}

function withScheme(target: string): string {
  const address = /^\d+(?=[/?#]|$)/.test(target)
    ? `localhost:${target}`
    : target.startsWith(':')
      ? `localhost${target}`
      : target;
  const { hostname } = parseUrl(`http://${address}`, target);
  return `${privateName.test(hostname) || privateAddress.test(hostname) ? 'http' : 'https'}://${address}`;
}

function parseUrl(text: string, typed: string): URL {
  const url = readUrl(text);
  if (!url || url.port === '0' || /^\.|\.\./.test(url.hostname)) throw invalidAddress(typed);
  return url;
}

/** Shows the typed text without a possible password; the URL parser's error is no cause, as it holds the whole text. */
function invalidAddress(typed: string): UsageError {
  const shown = typed.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[\s\S]*@/i, '$1…@').replace(/[\0-\x1f\x7f]/g, ' ');
  return new UsageError(
    'BAD_TARGET',
    `"${shown}" is not an address to send to. Write localhost:3000, :3000/path or a whole URL; a port is 1 to 65535.`,
  );
}
