import { isIP } from 'node:net';
import { UsageError } from '../core/errors.js';
import { readUrl } from '../core/readUrl.js';

/** Addresses by host, of texts such as `host=address` or `host:port=address`, or of an object. Throws a UsageError for anything else. */
export function hostsOf(given: unknown, what: string): Readonly<Record<string, string>> {
  const pairs =
    typeof given === 'object' && given !== null && !Array.isArray(given)
      ? Object.entries(given).map(([host, address]) => readHost(host, String(address), `${what}.${host}`))
      : [given].flat().map((text) => readPair(String(text), what));
  return Object.fromEntries(pairs);
}

function readPair(text: string, what: string): [host: string, address: string] {
  const at = text.indexOf('=');
  if (at < 1) throw wrong(`${what} ${text}`, 'there is no host, "=" and address.');
  return readHost(text.slice(0, at), text.slice(at + 1), `${what} ${text}`);
}

function readHost(host: string, written: string, what: string): [host: string, address: string] {
  const address = written.replace(/^\[(.*)\]$/, '$1');
  if (!isIP(address)) throw wrong(what, `"${address}" is not an IP address.`);
  const [, name = '', port] = /^([^:/?#@\s]+)(?::(\d+))?$/.exec(host) ?? [];
  const url = readUrl(`http://${name}`);
  if (!url || isIP(url.hostname) || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    throw wrong(what, `"${host}" is not the name of a host.`);
  }
  return [port === undefined ? url.hostname : `${url.hostname}:${Number(port)}`, address];
}

function wrong(what: string, message: string): UsageError {
  return new UsageError('BAD_RESOLVE', `${what}: ${message} Write host=127.0.0.1 or host:8443=127.0.0.1.`);
}
