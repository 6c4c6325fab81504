import { isIP } from 'node:net';
import { UsageError } from '../../../core/errors.js';

/** Reads `host=address` or `host:port=address`; throws a UsageError for anything else. */
export function parseResolve(text: string): [host: string, address: string] {
  const wrong = (what: string) =>
    new UsageError('BAD_RESOLVE', `--resolve ${text}: ${what} Write host=127.0.0.1 or host:8443=127.0.0.1.`);
  const at = text.indexOf('=');
  if (at < 1) throw wrong('there is no host, "=" and address.');
  const address = text.slice(at + 1).replace(/^\[(.*)\]$/, '$1');
  if (!isIP(address)) throw wrong(`"${address}" is not an IP address.`);
  const [, name = '', port] = /^([^:/?#@\s]+)(?::(\d+))?$/.exec(text.slice(0, at)) ?? [];
  const url = URL.canParse(`http://${name}`) ? new URL(`http://${name}`) : null;
  if (!url || isIP(url.hostname) || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    throw wrong(`"${text.slice(0, at)}" is not the name of a host.`);
  }
  return [port === undefined ? url.hostname : `${url.hostname}:${Number(port)}`, address];
}
