import { UsageError } from '../../core/errors.js';
import { proxyFor } from '../../core/proxyFor.js';
import { readUrl } from '../../core/readUrl.js';
import type { Route } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { ConnectionValues } from '../../options/connection.js';

type Choice = Pick<Route, 'proxy' | 'noProxy'>;

const none: Choice = { proxy: null, noProxy: [] };

/** Never for this machine, also where only `resolve` says that a host is on it: the proxy's own loopback is another. */
const loopback = ['127.0.0.0/8', '::1'];

/**
 * The proxy that is given, else that of the environment, where one leads to the URL; a variable that is not used may hold what it will.
 * Throws a UsageError, without any password in it, for one that can't be used.
 */
export function chooseProxy(
  { proxy: given, nameOf }: ConnectionValues,
  env: World['env'],
  url: URL | null,
  route: Route,
): Choice {
  if (given === 'none') return none;
  if (given !== undefined) return { proxy: parseProxy(given, nameOf('proxy')), noProxy: [] };
  if (url === null) return none;
  const name = variablesFor(url.protocol, env).find((variable) => env[variable]?.trim());
  if (name === undefined) return none;
  const noProxy = [...loopback, ...(env.no_proxy || env.NO_PROXY || '').split(/[\s,]+/).filter((text) => text !== '')];
  if (proxyFor({ ...route, proxy: name, noProxy }, url) === null) return none;
  return { proxy: parseProxy(env[name]!.trim(), name), noProxy };
}

/** As curl, in that order; a CGI server sets HTTP_PROXY to whatever a `Proxy` header says (httpoxy.org). */
function variablesFor(protocol: string, env: World['env']): string[] {
  if (protocol === 'https:') return ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
  const upper = env.REQUEST_METHOD === undefined ? ['HTTP_PROXY'] : [];
  return ['http_proxy', ...upper, 'all_proxy', 'ALL_PROXY'];
}

function parseProxy(text: string, source: string): string {
  const wrong = (what: string) => new UsageError('BAD_PROXY', `${source}: ${what}`);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') {
    throw wrong(`${scheme}:// proxies are not supported. Give an http:// or https:// one, or none.`);
  }
  const full = text.includes('://') ? text : `http://${text}`;
  const url = readUrl(full);
  if (!url || url.port === '0' || url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw wrong('that is not the address of a proxy. Write http://host:port, or none.');
  }
  if (/%(?![0-9a-f]{2})/i.test(url.username + url.password) || !isDecodable(url.username + url.password)) {
    throw wrong('the user name or password has a "%" that stands for nothing. Write %25 for a percent sign.');
  }
  return url.href;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
