import { configuredSecrets } from '../../config/configuredSecrets.js';
import { openProject, type Project } from '../../config/project.js';
import { withMode } from '../../config/withMode.js';
import { fingerprint } from '../../core/fingerprint.js';
import { printable } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import { senderProof } from '../../core/senderProof.js';
import type { Io } from '../io/io.js';
import { flagName } from '../options/flags.js';

interface ProjectChoice {
  readonly config?: string | undefined;
  readonly quiet?: boolean | undefined;
  readonly mode?: string | undefined;
}

/** Opens the project that a command works in: the one that `--config` names, else the one around the working folder. */
export async function loadProject(flags: ProjectChoice, io: Io): Promise<Project> {
  const opened = await openProject({ cwd: folderOf(io), env: io.env, clock: io.clock, file: flags.config });
  const project = withMode(opened, flags.mode, flagName('mode'));
  io.secrets.add(configuredSecrets(project));
  if (flags.quiet ?? project.config.report?.quiet) return project;
  for (const { provider, shown } of project.replacing) {
    const line = `${provider.name} is that of ${shown}, not the one that ships with webhook-sim.`;
    io.stderr.write(`${printable(line)}\n`);
  }
  return project;
}

/** Returns the working folder; one that was deleted has no config, and only a path in it must fail. */
function folderOf(io: Io): string {
  try {
    return io.cwd;
  } catch {
    return '/';
  }
}

/** Describes a provider's signing, for people: `signed with the sample secret "…"`; a token is only sent, and some providers sign nothing. */
export function describeSigning(secrets: readonly Secret[], provider: Provider): string {
  const given = secrets.filter(({ isSample }) => !isSample);
  const proof = senderProof(provider);
  if (proof === 'nothing') {
    const spare =
      given.length === 0 ? '' : `; the secret of ${given.map(({ source }) => source).join(' and ')} is not used`;
    return `unsigned, as ${provider.title} sends it${spare}`;
  }
  const shown = secrets.map((secret) => describeSecret(secret, provider)).join(' and ');
  return `${proof === 'signature' ? 'signed ' : ''}with ${shown}`;
}

/** Describes the secret in use, for people: the sample secret in full, for it is public, any other by source and fingerprint. */
export function describeSecret(secret: Secret, provider: Provider): string {
  if (secret.isSample) {
    const [variable] = provider.secret.env;
    const ways = variable === undefined ? '--secret' : `--secret or ${variable}`;
    return `the sample secret "${secret.value}" (give yours with ${ways})`;
  }
  return `the secret of ${secret.source} (fingerprint ${fingerprint(secret.value)})`;
}
