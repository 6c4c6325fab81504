import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { UsageError } from '../../core/errors.js';
import type { Route } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { ConnectionValues } from '../../options/connection.js';
import { readInput } from './readInput.js';

/**
 * Reads the PEM files of `cacert`, `cert` and `key`. Throws a UsageError, with nothing of a key in it, for one that is missing or
 * broken and for a certificate and a key that don't belong together.
 */
export async function readTrust(options: ConnectionValues, io: World): Promise<Pick<Route, 'ca' | 'cert' | 'key'>> {
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
