import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { UsageError } from '../../../core/errors.js';
import type { Route } from '../../../core/route.js';
import type { Io } from '../../io/io.js';
import type { RouteFlags } from '../../options/flags/route.js';
import { readInput } from './readInput.js';

/**
 * Reads the PEM files of `--cacert`, `--cert` and `--key`. Throws a UsageError, with nothing of a key in it, for one that is missing or
 * broken and for a certificate and a key that don't belong together.
 */
export async function readTrust(flags: RouteFlags, io: Io): Promise<Pick<Route, 'ca' | 'cert' | 'key'>> {
  return { ca: await readAuthorities(flags, io), ...(await readIdentity(flags, io)) };
}

async function readAuthorities({ cacert }: RouteFlags, io: Io): Promise<string[] | null> {
  if (cacert === undefined) return null;
  const own = await readPem('--cacert', cacert, io);
  certificates(own, `--cacert ${cacert}`);
  // Node trusts them by itself only as long as nothing is added to what it trusts; of a broken file it has warned.
  const extra = io.env.NODE_EXTRA_CA_CERTS;
  const more = extra ? await readPem('NODE_EXTRA_CA_CERTS', extra, io).catch(() => '') : '';
  return more.includes('-----BEGIN ') ? [own, more] : [own];
}

async function readIdentity(flags: RouteFlags, io: Io): Promise<Pick<Route, 'cert' | 'key'>> {
  if (flags.cert === undefined) {
    if (flags.key === undefined) return { cert: null, key: null };
    throw new UsageError('BAD_PEM', '--key is the key of a certificate. Name that with --cert.');
  }
  const cert = await readPem('--cert', flags.cert, io);
  const [own] = certificates(cert, `--cert ${flags.cert}`);
  if (flags.key === undefined && !cert.includes('PRIVATE KEY-----')) {
    throw new UsageError('BAD_PEM', `--cert ${flags.cert}: it holds no private key. Name that with --key.`);
  }
  const key = flags.key === undefined ? cert : await readPem('--key', flags.key, io);
  const source = flags.key === undefined ? `--cert ${flags.cert}` : `--key ${flags.key}`;
  if (!own!.checkPrivateKey(privateKey(key, source))) {
    throw new UsageError('BAD_PEM', `${source}: it is not the key of the certificate in ${flags.cert}.`);
  }
  return { cert, key };
}

async function readPem(flag: string, path: string, io: Io): Promise<string> {
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
