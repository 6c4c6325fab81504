import { type ProviderNewValues, providerNewOptions } from '../../../options/project.js';
import { readOptions } from '../../../options/readOptions.js';
import { newProvider } from '../../../session/provider/newProvider.js';
import type { ProviderQuestions } from '../../../session/provider/newProviderMeans.js';
import { exitCodes } from '../../io/exitCode.js';
import { isInteractive } from '../../io/interactive.js';
import type { Io } from '../../io/io.js';
import { showWaiting } from '../../io/showWaiting.js';
import { flagName, type RawFlags } from '../../options/flags.js';

/** Runs `provider new`; resolves with the exit code. */
export async function runProviderNew(name: string | undefined, flags: RawFlags, io: Io): Promise<number> {
  const options: ProviderNewValues = readOptions(providerNewOptions, flags, flagName);
  const say = (line: string) => io.stderr.write(`${line}\n`);
  const search = <T>(run: (onWork: () => void) => T): T => {
    const waiting = showWaiting('Looking for how the request is signed', {}, io);
    try {
      return run(waiting.show);
    } finally {
      waiting.end();
    }
  };
  const written = await newProvider(name, options, { ask: isInteractive(io) ? questions : null, say, search }, io);
  io.stdout.write(written.text);
  written.notes.forEach(say);
  return 'isUnproven' in written && written.isUnproven ? exitCodes.rejected : exitCodes.ok;
}

/** The prompts, which are loaded with the first question. */
const prompts = async () => (await import('./askForProvider.js')).askForProvider;
const questions: ProviderQuestions = {
  name: async () => (await prompts()).name(),
  secret: async () => (await prompts()).secret(),
  event: async () => (await prompts()).event(),
  preset: async () => (await prompts()).preset(),
  skeleton: async (given) => (await prompts()).skeleton(given),
};
