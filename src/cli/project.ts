import { configuredSecrets } from '../config/configuredSecrets.js';
import { openProject, type Project } from '../config/project.js';
import type { Io } from './io.js';

/** Opens the project that a command works in: the one that `--config` names, else the one around the working folder. */
export async function loadProject(flags: { readonly config?: string | undefined }, io: Io): Promise<Project> {
  const project = await openProject({ cwd: folderOf(io), env: io.env, file: flags.config });
  io.secrets.add(configuredSecrets(project));
  return project;
}

/** A working folder that was deleted has no config around it; only what names a file in it must fail. */
function folderOf(io: Io): string {
  try {
    return io.cwd;
  } catch {
    return '/';
  }
}
