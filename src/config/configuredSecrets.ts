import { parseEnvReference } from './address.js';
import type { Project } from './project.js';
import { targetConfig } from './settings.js';

/** Returns the values of the variables that a project's config names as secrets, for any provider and target; skips those that are not set. */
export function configuredSecrets(project: Pick<Project, 'config' | 'env'>): string[] {
  const { config, env } = project;
  const targets = Object.keys(config.targets ?? {}).map((name) => targetConfig(config, name));
  const references = [
    config.secrets,
    ...Object.values(config.values ?? {}),
    ...targets.flatMap((target) => [target?.secrets, target?.header]),
  ].flatMap((named) => Object.values(named ?? {}).flat());
  return references.flatMap((reference) => env[parseEnvReference(reference) ?? ''] ?? []);
}
