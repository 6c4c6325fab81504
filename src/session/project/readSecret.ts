import type { Project } from '../../config/project.js';
import { optionName, type SettingOptions, secretSetting, targetSetting } from '../../config/settings.js';
import { UsageError } from '../../core/errors.js';
import { isMask } from '../../core/fingerprint.js';
import type { Provider } from '../../core/provider.js';
import { hasKeyPair } from '../../core/schemeFacts.js';
import type { Secret } from '../../core/secret.js';
import { senderProof } from '../../core/senderProof.js';
import type { World } from '../../core/world.js';
import { type PublicKey, publicKeys } from '../../signing/publicKeys.js';
import { takeSecretParts } from '../../signing/textPart.js';
import { withEnvironment } from './projectOptions.js';
import { readInput } from './readInput.js';

/** Reads one secret: a value, `env:NAME`, `file:PATH` or `-`; `what` names its source in errors. */
export async function readSecret(reference: string, io: World, what: string): Promise<Secret> {
  const secret = await locate(reference, io, what);
  if (secret.value === '') {
    throw new UsageError(
      'EMPTY_SECRET',
      `The secret of ${secret.source} is empty. Give a value, env:NAME, file:PATH or -.`,
    );
  }
  if (isMask(secret.value)) {
    throw new UsageError(
      'MASKED_SECRET',
      `The secret of ${secret.source} is the mask that outputs show in place of a secret. Give the secret itself: a value, env:NAME, file:PATH or -.`,
    );
  }
  io.secrets.add([secret.value]);
  return { ...secret, isSample: false };
}

async function locate(reference: string, io: World, what: string): Promise<{ value: string; source: string }> {
  if (reference === '-' && io.askHidden) {
    return { value: await io.askHidden('Secret (it is not shown)'), source: 'hidden input' };
  }
  if (reference === '-') return { value: await readText('-', `${what} ${reference}`, io), source: 'standard input' };
  if (reference.startsWith('file:')) {
    const path = reference.slice('file:'.length);
    return { value: await readText(path === '-' ? './-' : path, `${what} ${reference}`, io), source: reference };
  }
  if (reference.startsWith('env:')) {
    const name = reference.slice('env:'.length);
    const value = io.env[name];
    if (value === undefined)
      throw new UsageError(
        'BAD_SECRET',
        `${what} ${reference}: the environment has no variable ${name}. Export it first.`,
      );
    return { value, source: reference };
  }
  return { value: reference, source: what };
}

async function readText(path: string, what: string, io: World): Promise<string> {
  const fail = (reason: string, cause: unknown) =>
    new UsageError('BAD_SECRET', `${what}: ${reason}. Name a file that holds the secret as text.`, { cause });
  const bytes = await readInput(path, io).catch((cause: Error) => {
    throw fail(cause.message, cause);
  });
  try {
    // Files and pipes end in one newline that is not part of the secret.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch (cause) {
    throw fail('it is not UTF-8', cause);
  }
}

/** The provider whose secrets are read, and their sources. */
interface SecretRequest {
  readonly project: Project;
  readonly provider: Provider;
  readonly options: SettingOptions;
  /** The name of the target, null for one without; by default the one that would be sent to. */
  readonly target?: string | null;
}

/** The secrets to sign with, the current one first: those that option, environment or config name, else the provider's sample secret. */
export async function projectSecrets(request: SecretRequest, io: World): Promise<Secret[]> {
  const { project, provider, options } = request;
  const target = request.target === undefined ? targetSetting(project, options).value : request.target;
  const { value, source, layer } = secretSetting(project, options, { provider, target });
  if (value.length === 0) return [{ value: provider.secret.sample, source: 'sample', isSample: true }];
  const fromConfig = layer === 'config';
  const world = { env: project.env, cwd: fromConfig ? project.folder : undefined };
  const secrets = await Promise.all(
    value.map((text) =>
      readSecret(text, withEnvironment(io, world), fromConfig ? `${source}:` : optionName(options, 'secret')),
    ),
  );
  io.secrets.add(secrets.flatMap((secret) => takeSecretParts(provider, secret.value)));
  return secrets;
}

/** The public keys of a provider's secrets, the current one first. Throws a UsageError for a provider that has none. */
export function publicKeysOf(provider: Provider, secrets: readonly Secret[]): PublicKey[] {
  if (hasKeyPair(provider)) return secrets.flatMap(({ value }) => publicKeys(provider, value));
  const { title, secret } = provider;
  if (senderProof(provider) === 'nothing')
    throw new UsageError('NO_PUBLIC_KEY', `${title} has no public key: it signs nothing.`);
  const [variable] = secret.env;
  const such = variable === undefined ? '' : `, such as in ${variable}`;
  throw new UsageError(
    'NO_PUBLIC_KEY',
    `${title} has no public key: the receiver holds the same secret, the ${secret.label}. Give both the same one${such}.`,
  );
}
