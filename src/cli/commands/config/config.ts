import type { Io } from '../../io/io.js';
import { loadProject } from '../../project/project.js';
import { configDocument } from './configDocument.js';
import { configText } from './configText.js';
import type { ConfigFlags } from './flags.js';

/** Runs `config`. */
export async function config(flags: ConfigFlags, io: Io): Promise<void> {
  const document = await configDocument(await loadProject(flags, io), flags, io);
  io.stdout.write(flags.json ? `${JSON.stringify(document, null, 2)}\n` : configText(document));
}
