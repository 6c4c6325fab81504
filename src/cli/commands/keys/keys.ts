import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../../core/errors.js';
import type { Provider } from '../../../core/provider.js';
import { type KeysValues, keysOptions } from '../../../options/keys.js';
import { readOptions } from '../../../options/readOptions.js';
import { findProvider } from '../../../providers/findProvider.js';
import { publicKeysOf } from '../../../session/keys/publicKeysOf.js';
import { projectSecrets } from '../../../session/project/projectSecrets.js';
import { keySet, type PublicKey } from '../../../signing/publicKeys.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { describeSecret } from '../../project/secretWords.js';
import { allKeyTexts, keyText } from './keyTexts.js';
import { serveUntilStopped } from './serveUntilStopped.js';

/** Runs `keys`; resolves with the exit code. */
export async function runKeys(providerName: string, flags: RawFlags, io: Io): Promise<number> {
  const options = readOptions(keysOptions, flags, flagName);
  refuseConflicts(options);
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

function refuseConflicts({ format, out, force, serve, json }: KeysValues): void {
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

function keysDocument({ name }: Provider, found: readonly PublicKey[]): object {
  return { schemaVersion: 1, type: 'keys', provider: name, keys: found, jwks: keySet(found) };
}

function write(path: string, text: string, { out, force }: KeysValues): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already. Write over it with --force' : `can't be written (${code})`;
    throw new UsageError('CANT_WRITE', `--out: ${out} ${why}.`, { cause });
  }
}
