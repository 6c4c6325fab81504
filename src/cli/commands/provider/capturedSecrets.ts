import { usualVariable } from '../../../authoring/scaffold/skeleton.js';
import { envVariableOf } from '../../../config/variable.js';
import type { Secret } from '../../../core/secret.js';
import type { ProviderNewValues } from '../../../options/project.js';
import { readSecret } from '../../../session/project/readSecret.js';
import type { Io } from '../../io/io.js';

/** A secret to try, and the environment variable that holds it; null for one that comes from elsewhere. */
export interface TriedSecret extends Secret {
  readonly variable: string | null;
}

/** The secrets that flags name, else those that the environment holds for a provider of this name. Throws a UsageError. */
export async function capturedSecrets(
  name: string,
  { secret, secretEnv, nameOf }: ProviderNewValues,
  io: Io,
): Promise<TriedSecret[]> {
  const own = `WEBHOOK_SIM_${name.toUpperCase().replaceAll('-', '_')}_SECRET`;
  const usual = [secretEnv ?? [], own, usualVariable(name)].flat().filter((variable) => io.env[variable]);
  const named = secret ?? [...new Set(usual)].map((variable) => `env:${variable}`);
  return Promise.all(
    named.map(async (flag) => ({ ...(await readSecret(flag, io, nameOf('secret'))), variable: envVariableOf(flag) })),
  );
}
