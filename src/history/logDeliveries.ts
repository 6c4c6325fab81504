import type { Project } from '../config/project.js';
import type { ChosenTarget } from '../config/target.js';
import type { Route } from '../core/route.js';
import type { DeliveryEnded } from '../core/run.js';
import type { World } from '../core/world.js';
import { EventMask } from '../report/shared/eventMask.js';
import { logFolder } from './logFolder.js';
import { LogWriter } from './logWriter.js';

/** What a delivery was sent with. */
export interface SentWith {
  readonly target: Pick<ChosenTarget, 'name' | 'publicUrlFor'>;
  readonly route: Route;
}

/** The delivery log of one run. */
export interface DeliveryLog {
  /**
   * Takes a delivery that has ended, and says under which key it is kept; null where it is not. `resendOf` is the key of the kept one that it
   * repeats.
   */
  add(event: DeliveryEnded, sent: SentWith, resendOf?: string): string | null;
  /** Keeps what is not kept yet. */
  close(): void;
}

export interface KeepFlags {
  readonly log?: boolean;
  readonly quiet?: boolean;
}

/** Opens the delivery log of a project; one that keeps nothing with `--no-log`, under CI, and where there is no home. Never throws. */
export function logDeliveries(project: Pick<Project, 'folder' | 'config'>, flags: KeepFlags, io: World): DeliveryLog {
  const isOff = flags.log === false || project.config.log === false || isCi(io);
  const log = isOff ? null : logFolder(project.folder, io);
  if (log === null) return { add: () => null, close: () => {} };
  const mask = new EventMask(io.secrets);
  const writer = new LogWriter({
    log,
    freshHex: hexFrom(io),
    onFailure: ({ code }) => {
      if (!flags.quiet) {
        io.stderr.write(`The delivery log can't be written (${code} in ${log.path}). --no-log goes without.\n`);
      }
    },
  });
  return {
    add(event, { target, route }, resendOf) {
      return writer.add({
        event,
        target: target.name,
        publicUrl: target.publicUrlFor?.(event.delivery) ?? null,
        route,
        mask,
        resendOf: resendOf ?? null,
      });
    },
    close: () => writer.close(),
  };
}

/** Whether a machine works here: CI services set CI. */
function isCi({ env }: World): boolean {
  return !['', '0', 'false'].includes(env.CI?.toLowerCase() ?? '');
}

/** Bytes that are drawn at once: each draw is a call of the system. */
const drawn = 6 * 256;

/** Gives as many fresh bytes as are asked for, as hex. */
function hexFrom({ entropy }: World): (bytes: number) => string {
  let digits = '';
  return (bytes) => {
    if (digits.length < 2 * bytes) digits = Buffer.from(entropy(Math.max(drawn, bytes))).toString('hex');
    const taken = digits.slice(0, 2 * bytes);
    digits = digits.slice(2 * bytes);
    return taken;
  };
}
