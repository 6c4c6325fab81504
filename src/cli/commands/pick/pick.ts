import { printable } from '../../../core/printable.js';
import { allProviders } from '../../../providers/allProviders.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { loadProject } from '../../project/project.js';
import { back, Left } from '../../prompts/ask.js';
import { askEvent } from '../../prompts/askEvent.js';
import { askProvider } from '../../prompts/askProvider.js';
import { askTarget } from './askTarget.js';
import { recallPick, rememberPick } from './memory.js';
import { menu } from './menu.js';

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
  const last = await recallPick(project.folder, io);
  let usual: { provider?: string; event?: string; target?: string } = last ?? {};
  for (;;) {
    const provider = await askProvider(providers, usual.provider, io);
    if (provider === back) return exitCodes.ok;
    if (provider.name !== usual.provider)
      usual = { provider: provider.name, ...(usual.target && { target: usual.target }) };
    for (;;) {
      const event = await askEvent(provider, usual.event, undefined, io);
      if (event === back) break;
      usual = { ...usual, event };
      let next: 'back' | 'another' | number | undefined;
      while (next === undefined || next === 'back') {
        const target = await askTarget(project, usual.target, io);
        if (target === back) break;
        usual = { ...usual, target };
        await rememberPick({ project: project.folder, provider: provider.name, event, target }, io);
        next = await menu({ provider, event, target, set: [], unset: [] }, io);
      }
      if (typeof next === 'number') return next;
      if (next === 'another') break;
    }
  }
}
