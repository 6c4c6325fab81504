import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { UsageError } from '../../core/errors.js';
import { proxyFor } from '../../core/proxyFor.js';
import { readUrl } from '../../core/readUrl.js';
import { directRoute, type NamedRoute, type Route } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { ConnectionValues } from '../../options/connection.js';
import { readInput } from './readInput.js';

type Choice = Pick<Route, 'proxy' | 'noProxy'>;

const none: Choice = { proxy: null, noProxy: [] };

/** Hosts on this machine never use a proxy, even where only `resolve` puts them here: the proxy's loopback is another. */
const loopback = ['127.0.0.0/8', '::1'];

/**
 * The proxy that is given, else that of the environment, where one leads to the URL; a variable that is not used may hold what it will.
 * Throws a UsageError, without any password in it, for one that can't be used.
 */
function chooseProxy(
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

/** The order of curl; without HTTP_PROXY in a CGI program, whose server sets it from a request's `Proxy` header (httpoxy.org). */
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

/** The route that options and environment describe; `readRoute` is the way in. */
export async function routeFrom(options: ConnectionValues, io: World, url: string | null): Promise<NamedRoute> {
  const route: NamedRoute = {
    nameOf: options.nameOf,
    ...directRoute,
    ...(await readTrust(options, io)),
    insecure: options.insecure ?? false,
    keepAlive: options.keepAlive ?? true,
    socketPath: socketPath(options, io, url),
    resolve: options.resolve ?? {},
  };
  const proxy = chooseProxy(options, io.env, url === null ? null : new URL(url), route);
  return { ...route, ...proxy };
}

/** The longest path of a socket that the system supports, in bytes. */
const longestPath = 103;

function socketPath({ unixSocket, proxy, nameOf }: ConnectionValues, io: World, url: string | null): string | null {
  if (unixSocket === undefined) return null;
  const wrong = (what: string) => new UsageError('BAD_SOCKET', `${nameOf('unixSocket')}: ${what}`);
  if (unixSocket === '') throw wrong('the path is empty.');
  if (/[\0-\x1f\x7f-\x9f]/.test(unixSocket)) throw wrong('the path holds a control character.');
  if (url === null) throw wrong('the built-in receiver has none. Name your receiver as the target.');
  if (proxy !== undefined && proxy !== 'none') throw wrong(`no proxy leads to it. Give it or ${nameOf('proxy')}.`);
  const path = resolve(io.cwd, unixSocket);
  if (Buffer.byteLength(path) > longestPath) {
    throw wrong(`the path is longer than the ${longestPath} bytes that every system allows: ${path}`);
  }
  return path;
}

/**
 * Reads the PEM files of `cacert`, `cert` and `key`. Throws a UsageError, with nothing of a key in it, for one that is missing or
 * broken and for a certificate and a key that don't belong together.
 */
async function readTrust(options: ConnectionValues, io: World): Promise<Pick<Route, 'ca' | 'cert' | 'key'>> {
  return { ca: await readAuthorities(options, io), ...(await readIdentity(options, io)) };
}

async function readAuthorities({ cacert, nameOf }: ConnectionValues, io: World): Promise<string[] | null> {
  if (cacert === undefined) return null;
  const own = await readPem(nameOf('cacert'), cacert, io);
  certificates(own, `${nameOf('cacert')} ${cacert}`);
  // Node trusts them by itself only as long as nothing is added to what it trusts; of a broken file it has warned.
  const extra = io.env.NODE_EXTRA_CA_CERTS;
  const more = extra ? await readPem('NODE_EXTRA_CA_CERTS', extra, io).catch(() => '') : '';
  return more.includes('-----BEGIN ') ? [own, more] : [own];
}

async function readIdentity(options: ConnectionValues, io: World): Promise<Pick<Route, 'cert' | 'key'>> {
  const [certName, keyName] = [options.nameOf('cert'), options.nameOf('key')];
  if (options.cert === undefined) {
    if (options.key === undefined) return { cert: null, key: null };
    throw new UsageError('BAD_PEM', `${keyName} is the key of a certificate. Name that with ${certName}.`);
  }
  const cert = await readPem(certName, options.cert, io);
  const [own] = certificates(cert, `${certName} ${options.cert}`);
  if (options.key === undefined && !cert.includes('PRIVATE KEY-----')) {
    throw new UsageError('BAD_PEM', `${certName} ${options.cert}: it holds no private key. Name that with ${keyName}.`);
  }
  const key = options.key === undefined ? cert : await readPem(keyName, options.key, io);
  const source = options.key === undefined ? `${certName} ${options.cert}` : `${keyName} ${options.key}`;
  if (!own!.checkPrivateKey(privateKey(key, source))) {
    throw new UsageError('BAD_PEM', `${source}: it is not the key of the certificate in ${options.cert}.`);
  }
  return { cert, key };
}

async function readPem(flag: string, path: string, io: World): Promise<string> {
  const bytes = await readInput(path === '-' ? './-' : path, io).catch((cause: Error) => {
    throw new UsageError('BAD_PEM', `${flag} ${path}: ${cause.message}. Name a PEM file.`, { cause });
  });
  return Buffer.from(bytes).toString('latin1');
}

/** The certificates in a PEM text; at least one. */
function certificates(text: string, source: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END [A-Z0-9 ]+-----/g);
  if (!blocks) {
    throw new UsageError('BAD_PEM', `${source}: there is no -----BEGIN CERTIFICATE----- in it. Name a PEM file.`);
  }
  return blocks.map((block, at) => {
    try {
      return new X509Certificate(block);
    } catch (cause) {
      throw new UsageError('BAD_PEM', `${source}: certificate ${at + 1} of ${blocks.length} in it is broken.`, {
        cause,
      });
    }
  });
}

function privateKey(pem: string, source: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    const encrypted = /ENCRYPTED/.test(pem);
    const what = encrypted
      ? 'the private key is encrypted, which is not supported. Name a decrypted one (openssl pkey -in FILE).'
      : 'there is no private key in it that can be read. Name a PEM file.';
    throw new UsageError('BAD_PEM', `${source}: ${what}`, { cause });
  }
}
