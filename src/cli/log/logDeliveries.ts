import type { Project } from '../../config/project.js';
import type { ChosenTarget } from '../../config/target.js';
import type { Route } from '../../core/route.js';
import type { DeliveryEnded } from '../../core/run.js';
import type { Secret } from '../../core/secret.js';
import type { Io } from '../io.js';
import { logFolder } from './logFolder.js';
import type { LogWriter } from './logWriter.js';
import type { LoggedDelivery } from './record.js';

/** What a delivery was sent with. */
export interface SentWith {
  readonly target: Pick<ChosenTarget, 'name'>;
  readonly route: Route;
  readonly secrets: readonly Secret[];
}

/** The delivery log of one run. */
export interface DeliveryLog {
  /** Takes a delivery that has ended; `resendOf` is the key of the kept one that it repeats. */
  add(event: DeliveryEnded, sent: SentWith, resendOf?: string): void;
  /** Resolves when all of them are kept. */
  close(): Promise<void>;
}

export interface KeepFlags {
  readonly log?: boolean;
  readonly quiet?: boolean;
}

/** Opens the delivery log of a project; one that keeps nothing with `--no-log`, under CI, and where there is no home. Never throws. */
export function logDeliveries(project: Pick<Project, 'folder' | 'config'>, flags: KeepFlags, io: Io): DeliveryLog {
  const isOff = flags.log === false || project.config.log === false || isCi(io);
  const log = isOff ? null : logFolder(project.folder, io);
  if (log === null) return { add: () => {}, close: async () => {} };
  const early: LoggedDelivery[] = [];
  let writer: LogWriter | null = null;
  // Loads while the first delivery is under way.
  const loading = import('./logWriter.js').then((loaded) => {
    writer = new loaded.LogWriter({
      log,
      freshHex: (bytes) => Buffer.from(io.entropy(bytes)).toString('hex'),
      onFailure: ({ code }) => {
        if (!flags.quiet) {
          io.stderr.write(`The delivery log can't be written (${code} in ${log.path}). --no-log goes without.\n`);
        }
      },
    });
    for (const logged of early.splice(0)) writer.add(logged);
    return writer;
  });
  return {
    add(event, { target, route, secrets }, resendOf) {
      const logged: LoggedDelivery = {
        event,
        target: target.name,
        route,
        secrets: secrets.flatMap(({ value, isSample }) => (isSample ? [] : [value])),
        resendOf: resendOf ?? null,
      };
      if (writer) writer.add(logged);
      else early.push(logged);
    },
    async close() {
      (await loading).close();
    },
  };
}

/** Whether a machine works here: CI services set CI. */
function isCi({ env }: Io): boolean {
  return !['', '0', 'false'].includes(env.CI?.toLowerCase() ?? '');
}
