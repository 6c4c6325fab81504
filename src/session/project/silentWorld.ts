import { configuredSecrets } from '../../config/configuredSecrets.js';
import { openProject, type Project } from '../../config/project.js';
import { UsageError } from '../../core/errors.js';
import type { Output, World } from '../../core/world.js';

/** Returns the world of a use case that another program runs, such as the page of `ui`: it prints nothing and prompts nobody. */
export function silentWorld(
  io: World,
  { signal, input }: { signal?: AbortSignal; input?: Uint8Array } = {},
): World & {
  readonly notes: string[];
} {
  const notes: string[] = [];
  const output: Output = {
    write: (text) =>
      notes.push(
        ...io.secrets
          .inText(text)
          .split('\n')
          .filter((line) => line !== ''),
      ),
    isTTY: false,
    columns: 80,
  };
  return Object.create(io, {
    notes: { value: notes },
    stdout: { value: { ...output, write: () => {} } },
    stderr: { value: output },
    askHidden: { value: undefined },
    interrupted: { value: signal ?? new AbortController().signal },
    readStdin: {
      value: async () => {
        if (input !== undefined) return input;
        throw new UsageError('NO_STDIN', 'No standard input can be read here.');
      },
    },
  });
}

/** Names of variables that probably hold secrets. */
const secretName = /SECRET|TOKEN|PASSWORD|SIGNING|(?:^|_)KEY$/i;

/** The project as it is now; its secrets are known from here on, those among them that no delivery was signed with yet. */
export async function openSilentProject(io: World, file: string | undefined): Promise<Project> {
  const project = await openProject({ cwd: io.cwd, env: io.env, clock: io.clock, file });
  const variables = Object.entries(project.env).filter(([name]) => secretName.test(name));
  io.secrets.add([...configuredSecrets(project), ...variables.flatMap(([, value]) => value ?? [])]);
  return project;
}
