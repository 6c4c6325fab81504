import type { Diagnosis } from '../../../core/diagnosis.js';
import { printable } from '../../../core/printable.js';
import { readOptions } from '../../../options/readOptions.js';
import { type VerifyValues, verifyOptions } from '../../../options/verify.js';
import { diagnosisLine, diagnosisText } from '../../../report/verify/diagnosis.js';
import { prepareVerify } from '../../../session/verify/prepareVerify.js';
import { readVerifyTerms } from '../../../session/verify/verifyInput.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { pastable } from '../../io/pastable.js';
import { showWaiting } from '../../io/showWaiting.js';
import { writeNotice } from '../../io/writeNotice.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { describeSecret, loadProject } from '../../project/project.js';

/** Runs `verify`; resolves with the exit code. */
export async function runVerify(words: readonly string[], flags: RawFlags, io: Io): Promise<number> {
  const options = readOptions(verifyOptions, flags, flagName);
  const project = await loadProject(options, io);
  const { provider: named, source } = readVerifyTerms(words, options, project);
  const sayProvider = (name: string) => `webhook-sim verify ${name} ${source ?? '--body …'}`;
  const ready = await prepareVerify({ project, provider: named, source, sayProvider }, options, io);
  const { provider, secrets, notes } = ready;
  const waiting = showWaiting('Looking for what explains the signature', options, io);
  const diagnosis = await ready.diagnose(waiting.show).finally(waiting.end);
  if (!options.quiet) {
    for (const line of notes) writeNotice(printable(line), io);
    const shown = secrets.map((secret) => describeSecret(secret, provider)).join(' and ');
    if (diagnosis.proof !== 'nothing') writeNotice(`${provider.title}, verified with ${shown}`, io);
  }
  io.stdout.write(written(diagnosis, options, io));
  return diagnosis.genuine ? exitCodes.ok : exitCodes.rejected;
}

function written(diagnosis: Diagnosis, options: VerifyValues, io: Io): string {
  if (options.json) return `${diagnosisLine(diagnosis)}\n`;
  const text = diagnosisText(diagnosis, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    columns: io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY,
  });
  return pastable(text, io);
}
