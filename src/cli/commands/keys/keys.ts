import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../../core/errors.js';
import type { Provider } from '../../../core/provider.js';
import { type KeysValues, type keyFormats, keysOptions } from '../../../options/keys.js';
import { readOptions } from '../../../options/readOptions.js';
import { findProvider } from '../../../providers/findProvider.js';
import { type ServedKeys, startKeyServer } from '../../../receiver/keyServer.js';
import { projectSecrets, publicKeysOf } from '../../../session/project/readSecret.js';
import { keySet, type PublicKey } from '../../../signing/publicKeys.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { describeSecret, loadProject } from '../../project/project.js';

type KeyFormat = (typeof keyFormats)[number];

/** Keys in one form, and nothing else. Throws a UsageError for a form that they do not have. */
function keyText(format: KeyFormat, keys: readonly PublicKey[], provider: Provider): string {
  if (format === 'jwks') return `${JSON.stringify(keySet(keys), null, 2)}\n`;
  const texts = keys.map((key) => oneText(format, key, provider));
  return [...new Set(texts)].map((text) => `${text.trimEnd()}\n`).join('');
}

function oneText(format: Exclude<KeyFormat, 'jwks'>, key: PublicKey, { title }: Provider): string {
  if (format === 'jwk') return JSON.stringify(key.jwk, null, 2);
  const text = key[format];
  if (text !== null) return text;
  throw new UsageError(
    'BAD_FORMAT',
    `--format: hex is the form of Ed25519 keys, and ${title} signs with ${key.kind === 'rsa' ? 'RSA' : 'ECDSA'}. Write pem, jwk or base64.`,
  );
}

/** Keys in every form that they have, with a word on each, for people. */
function allKeyTexts(keys: readonly PublicKey[]): string {
  return keys.map(labelled).join('\n');
}

const kinds = { ed25519: 'Ed25519', ec: 'ECDSA, on P-256', rsa: 'RSA' } as const;

function labelled({ signature, kind, pem, base64, hex, jwk, certificate }: PublicKey): string {
  const parts = [
    ...(hex === null ? [] : [['hex', hex]]),
    ['base64, of its DER', base64],
    ['pem', pem],
    ['jwk', JSON.stringify(jwk)],
    ['certificate, signed by itself', certificate],
  ];
  const lines = parts.flatMap(([label, text]) => [
    `  ${label}`,
    ...text!
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  ]);
  return `${[`The public key of {${signature}} (${kinds[kind]})`, ...lines].join('\n')}\n`;
}

/** Runs `keys`; resolves with the exit code. */
export async function runKeys(providerName: string, flags: RawFlags, io: Io): Promise<number> {
  const options = readOptions(keysOptions, flags, flagName);
  assertNoConflicts(options);
  const { format = null, serve: port = null } = options;
  const project = await loadProject(options, io);
  const provider = findProvider(providerName, project);
  const secrets = await projectSecrets({ project, provider, options }, io);
  const found = publicKeysOf(provider, secrets);
  if (!options.quiet) {
    const words = secrets.map((secret) => describeSecret(secret, provider)).join(' and ');
    io.stderr.write(`${provider.title} signs with ${words}\n`);
  }
  if (port !== null)
    return serveUntilStopped([{ provider: provider.name, keys: found }], { port, json: options.json === true }, io);
  const text = options.json
    ? `${JSON.stringify(keysDocument(provider, found), null, 2)}\n`
    : format === null
      ? allKeyTexts(found)
      : keyText(format, found, provider);
  if (options.out === undefined) io.stdout.write(text);
  else write(resolve(io.cwd, options.out), text, options);
  return exitCodes.ok;
}

function assertNoConflicts({ format, out, force, serve, json }: KeysValues): void {
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (serve !== undefined && (format ?? out) !== undefined) {
    throw conflict('--serve serves every form and writes no file. Leave out --format and --out.');
  }
  if (json && format !== undefined) throw conflict('--json has every form, and --format is one. Give one of them.');
  if (out !== undefined && format === undefined && !json) {
    throw conflict('--out: in which form? Add --format pem, jwks, jwk, base64, hex or certificate.');
  }
  if (force && out === undefined) throw conflict('--force replaces a file. Name it with --out.');
}

/** Builds the document of `keys --json`. */
export function keysDocument({ name }: Provider, found: readonly PublicKey[]) {
  return { schemaVersion: 1, type: 'keys', provider: name, keys: found, jwks: keySet(found) } as const;
}

/** Builds the document of `keys --serve --json`. */
export function keysServedDocument({ url, paths }: { readonly url: string; readonly paths: readonly string[] }) {
  return { schemaVersion: 1, type: 'keys-served', url, paths } as const;
}

function write(path: string, text: string, { out, force }: KeysValues): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already. Overwrite it with --force' : `can't be written (${code})`;
    throw new UsageError('CANT_WRITE', `--out: ${out} ${why}.`, { cause });
  }
}

interface ServeFlags {
  readonly port: number;
  readonly json?: boolean;
}

/** Serves keys until a signal comes; resolves with the exit code. */
async function serveUntilStopped(served: readonly ServedKeys[], flags: ServeFlags, io: Io): Promise<number> {
  const server = await startKeyServer(served, flags.port);
  const { url, paths } = server;
  const text = flags.json ? JSON.stringify(keysServedDocument(server)) : paths.map((path) => url + path).join('\n');
  io.stdout.write(`${text}\n`);
  if (!io.interrupted.aborted) {
    await new Promise<void>((resolve) => io.interrupted.addEventListener('abort', () => resolve(), { once: true }));
  }
  await server.close();
  const { reason } = io.interrupted;
  return reason === 'SIGTERM' ? exitCodes.sigterm : reason === 'SIGINT' ? exitCodes.sigint : exitCodes.ok;
}
