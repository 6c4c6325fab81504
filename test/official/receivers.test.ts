import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { cli } from '../support/cli.js';
import { exampleNames } from '../support/exampleProviders.js';
import { areInstalled } from './packages.js';
import { idiomaticReceivers, type OfficialReceiver, officialReceivers } from './receivers.js';
import { startReceiver, toldUrl } from './startReceiver.js';

const minute = 60_000;
// Much of a check is waiting for a receiver to start, or to answer late.
vi.setConfig({ maxConcurrency: 2 });

/** Returns the result of a check of a receiver: exit code, grade and the names of its findings. */
async function checkReceiver(receiver: OfficialReceiver, flags: readonly string[]) {
  const { url, secret, stop } = await startReceiver(receiver);
  const urlFlags = receiver.isTold ? ['--public-url', toldUrl] : [];
  const argv = ['check', receiver.provider, '--to', url, '--secret', secret, '--json', ...urlFlags, ...flags];
  try {
    const { exitCode, json, stderr } = await cli(argv);
    const { grade, findings, incomplete } = json.at(-1) ?? {};
    if (!findings) throw new Error(`check printed no summary. ${stderr}`);
    return { exitCode, grade, incomplete, findings: findings.map(({ name }: { name: string }) => name) };
  } finally {
    await stop();
  }
}

const isRunnable = ({ program }: OfficialReceiver): boolean => {
  if (!program) return true;
  const [command, ...args] = program.proof;
  return spawnSync(command, args).status === 0;
};

const safe = { exitCode: 0, incomplete: null, findings: [] };

it('there is a receiver for each of the examples', () => {
  expect([...new Set(officialReceivers.map(({ provider }) => provider))].sort()).toEqual(exampleNames);
});

describe.skipIf(!areInstalled)('a receiver that does what an official package documents', () => {
  it.concurrent.for(officialReceivers.map((receiver) => [receiver.file, receiver] as const))(
    '%s has no findings',
    { timeout: 2 * minute },
    async ([, receiver]) => {
      const cases = (receiver.knownFindings ?? []).flatMap((each) => each.cases);
      const found = await checkReceiver(
        receiver,
        cases.flatMap((name) => ['--skip', name]),
      );
      expect(found).toEqual({ ...safe, grade: 'A' });
    },
  );

  const knownFindings = officialReceivers.flatMap((receiver) =>
    (receiver.knownFindings ?? []).map((finding) => [receiver.file, finding.why, receiver, finding] as const),
  );
  it.concurrent.for(knownFindings)('%s: %s', { timeout: 2 * minute }, async ([, , receiver, { cases, findings }]) => {
    const { exitCode, findings: found } = await checkReceiver(
      receiver,
      cases.flatMap((name) => ['--only', name]),
    );
    expect({ exitCode, findings: found }).toEqual({ exitCode: 1, findings });
  });
});

describe("a receiver in the way of another language's framework", () => {
  for (const receiver of idiomaticReceivers) {
    it.skipIf(!isRunnable(receiver)).concurrent(`${receiver.by} has no findings`, { timeout: 2 * minute }, async () => {
      expect(await checkReceiver(receiver, [])).toEqual({ ...safe, grade: 'A' });
    });
  }
});
