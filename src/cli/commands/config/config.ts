import { configOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { configDocument } from './configDocument.js';
import { configText } from './configText.js';

/** Runs `config`. */
export async function config(flags: RawFlags, io: Io): Promise<void> {
  const options = plainOptions(configOptions, flags);
  const document = await configDocument(await loadProject(options, io), options, io);
  io.stdout.write(options.json ? `${JSON.stringify(document, null, 2)}\n` : configText(document));
}
