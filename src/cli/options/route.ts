import { Option } from 'commander';
import { directRoute, type Route } from '../../core/route.js';
import type { Io } from '../io/io.js';
import { collect } from './collect.js';
import type { RouteFlags } from './flags/route.js';

/** The options of a command that sends. */
export function routeOptions(): Option[] {
  return [
    new Option('--insecure', 'take any TLS certificate; each run says so'),
    new Option('--cacert <file>', 'trust the authorities in this PEM file as well'),
    new Option('--cert <file>', 'certificate of the sender, as PEM'),
    new Option('--key <file>', 'its private key, as PEM, where --cert does not hold it'),
    new Option('--proxy <url>', 'http:// or https:// proxy, or none; default: that of the environment'),
    new Option('--unix-socket <path>', 'connect to this socket in place of a host'),
    new Option('--resolve <host=address>', 'connect to this IP address for a host or host:port (repeatable)').argParser(
      collect,
    ),
    // Before the other, so that commander fills in no value of its own; it also undoes what the config says.
    new Option('--keep-alive').hideHelp(),
    new Option('--no-keep-alive', 'open a connection for each delivery, closed after its answer'),
    new Option('--public-url <url>', 'address by which the provider knows the receiver, where that is another one'),
  ].map((option) => option.helpGroup('Getting there:'));
}

const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * Reads how to get to a URL (null: the built-in receiver) from flags, files and the environment.
 * Throws a UsageError for the first thing that is wrong with them.
 */
export async function readRoute(flags: RouteFlags, io: Io, url: string | null): Promise<Route> {
  const given = ['insecure', 'cacert', 'cert', 'key', 'proxy', 'unixSocket', 'resolve', 'keepAlive'] as const;
  if (given.every((name) => flags[name] === undefined) && !proxyVariables.some((name) => io.env[name])) {
    return directRoute;
  }
  const { routeFrom } = await import('../session/project/routeFrom.js');
  return routeFrom(flags, io, url);
}
