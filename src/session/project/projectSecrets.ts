import type { Project } from '../../config/project.js';
import { optionName, type SettingOptions, secretSetting, targetSetting } from '../../config/settings.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { readSecret } from './readSecret.js';
import { withEnvironment } from './withEnvironment.js';

/** Whose secrets are looked for. */
export interface SecretRequest {
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
  return Promise.all(
    value.map((text) =>
      readSecret(text, withEnvironment(io, world), fromConfig ? `${source}:` : optionName(options, 'secret')),
    ),
  );
}
