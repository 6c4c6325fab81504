import { printable } from '../../../core/printable.js';
import { allProviders } from '../../../providers/allProviders.js';
import { findProvider } from '../../../providers/findProvider.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { loadProject } from '../../project/project.js';
import { back, Left } from '../../prompts/ask.js';
import { askDelivery } from '../../prompts/askDelivery.js';
import { askTarget } from './askTarget.js';
import { newChoice } from './choice.js';
import { recallPicks, rememberPick } from './memory.js';
import { runMenu } from './menu.js';

/** The picker: from nothing to a delivery by choosing. Resolves with the exit code. */
export async function pick(io: Io): Promise<number> {
  try {
    return await pickFrom(io);
  } catch (error) {
    if (error instanceof Left) return exitCodes.sigint;
    throw error;
  }
}

async function pickFrom(io: Io): Promise<number> {
  const project = await loadProject({}, io);
  for (const { error } of project.broken) io.stderr.write(`${printable(error.message)}\n`);
  const providers = allProviders(project);
  for (;;) {
    const recent = await recallPicks(project.folder, io);
    const delivery = await askDelivery({ providers, recent, withVariants: true }, io);
    if (delivery === back) return exitCodes.ok;
    const { provider, event, variant } = delivery;
    const targets = recent.map(({ target }) => target);
    for (;;) {
      const target = await askTarget(project, targets, io);
      if (target === back) break;
      targets.unshift(target);
      await rememberPick({ project: project.folder, provider: provider.name, event, variant, target }, io);
      const choice = newChoice({ provider: findProvider(provider.name, project), event, variant }, target);
      const next = await runMenu(choice, project, io);
      if (typeof next === 'number') return next;
      if (next === 'another') break;
    }
  }
}
