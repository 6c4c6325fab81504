import { providerTestOptions } from '../../../options/project.js';
import { readOptions } from '../../../options/readOptions.js';
import { contractTable } from '../../../report/provider/contractTable.js';
import { testProviders } from '../../../session/provider/testProviders.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { showWaiting } from '../../io/showWaiting.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { openReport } from '../../reporting/openReport.js';

/** Runs `provider test`; resolves with the exit code. */
export async function runProviderTest(names: readonly string[], flags: RawFlags, io: Io): Promise<number> {
  const options = readOptions(providerTestOptions, flags, flagName);
  const reporter = openReport(options, io, contractTable);
  let isOk = false;
  const waiting = showWaiting('Testing the providers', options, io);
  const means = { loadProject: () => loadProject(options, io), onWork: waiting.show };
  try {
    for await (const event of testProviders(names, options, means, io)) {
      reporter.event(event);
      if (event.type === 'provider-test-summary') isOk = event.ok;
      waiting.show();
    }
  } finally {
    waiting.end();
  }
  return isOk ? exitCodes.ok : exitCodes.rejected;
}
