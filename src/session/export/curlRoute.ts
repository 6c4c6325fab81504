import { addressFor, portOf, proxyFor } from '../../core/proxyFor.js';
import type { Route } from '../../core/route.js';
import { quoteShellWord } from '../../export/curl.js';
import type { ConnectionValues } from '../../options/connection.js';

/** Options that make curl take the same way to a URL; files are named as the options do, a proxy's password is a shell variable. */
export function curlRoute(options: ConnectionValues, route: Route, text: string): string[] {
  const url = new URL(text);
  const address = addressFor(route, url);
  const proxyUrl = proxyFor(route, url);
  const proxy = proxyUrl === null ? null : new URL(proxyUrl);
  const files = (['cacert', 'cert', 'key'] as const).filter((name) => options[name] !== undefined);
  return [
    ...(route.insecure ? ['--insecure'] : []),
    ...files.map((name) => `--${name} ${quoteShellWord(options[name]!)}`),
    ...(route.socketPath === null ? [] : [`--unix-socket ${quoteShellWord(route.socketPath)}`]),
    ...(address === null
      ? []
      : [`--connect-to ${quoteShellWord(`${url.hostname}:${portOf(url)}:${bracketed(address)}:`)}`]),
    ...(proxy ? [`--proxy ${quoteShellWord(`${proxy.protocol}//${proxy.host}`)}`, "--noproxy ''"] : ["--noproxy '*'"]),
    ...(proxy?.username || proxy?.password ? ['--proxy-user "$PROXY_USER"'] : []),
    ...(proxy && (address !== null || route.hostHeader !== null) ? ['--proxytunnel'] : []),
    ...(route.hostHeader === null ? [] : [`-H ${quoteShellWord(`Host: ${route.hostHeader}`)}`]),
  ];
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
