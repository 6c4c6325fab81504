import { runContract } from '../../../authoring/contract/runContract.js';
import type { ContractVerdict } from '../../../core/contract.js';
import { type ProviderTestValues, providerTestOptions } from '../../../options/project.js';
import { contractLines } from '../../../report/provider/contractLines.js';
import { type ContractReporter, contractTable } from '../../../report/provider/contractTable.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { chooseProviders } from './chooseProviders.js';

/** More columns than this make lines too long to read. */
const widest = 110;

/** Runs `provider test`; resolves with the exit code. */
export async function testProviders(names: readonly string[], typed: RawFlags, io: Io): Promise<number> {
  const flags = plainOptions(providerTestOptions, typed);
  const { chosen, configured, env, secretVariables } = await chooseProviders(names, flags, io);
  const reporter = reporterFor(flags, io);
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
  return ok ? exitCodes.ok : exitCodes.refused;
}

function reporterFor(flags: ProviderTestValues, io: Io): ContractReporter {
  const write = (text: string) => io.stdout.write(text);
  if (flags.json) return contractLines(write);
  return contractTable(write, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    columns: Math.min(widest, io.stdout.isTTY ? Math.max(60, io.stdout.columns) : Number.POSITIVE_INFINITY),
  });
}
