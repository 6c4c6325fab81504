import { runContract } from '../../../authoring/contract/runContract.js';
import type { ContractVerdict } from '../../../core/contract.js';
import { providerTestOptions } from '../../../options/project.js';
import { contractTable } from '../../../report/provider/contractTable.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { openReport } from '../../reporting/openReport.js';
import { chooseProviders } from './chooseProviders.js';

/** Runs `provider test`; resolves with the exit code. */
export async function testProviders(names: readonly string[], typed: RawFlags, io: Io): Promise<number> {
  const flags = plainOptions(providerTestOptions, typed);
  const { chosen, configured, env, secretVariables } = await chooseProviders(names, flags, io);
  const reporter = openReport(flags, io, contractTable);
  const counts: Record<ContractVerdict, number> = { pass: 0, warn: 0, fail: 0, skip: 0 };
  const failed = new Set<string>();
  const strict = flags.strict === true;
  const now = io.clock.now();
  for (const { source, name } of chosen) {
    const others = new Map(
      configured.filter((each) => each.source.shown !== source.shown).map((each) => [each.name, each.source.shown]),
    );
    for await (const ended of runContract(source, { name, others, secretVariables, env, cwd: io.cwd, now })) {
      counts[ended.verdict]++;
      if (ended.verdict === 'fail' || (strict && ended.verdict === 'warn')) failed.add(ended.provider);
      reporter.event(ended);
    }
  }
  const ok = failed.size === 0;
  reporter.event({ type: 'provider-test-summary', providers: chosen.length, failed: [...failed], counts, strict, ok });
  return ok ? exitCodes.ok : exitCodes.rejected;
}
