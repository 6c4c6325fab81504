import { expect, it } from 'vitest';
import { groupRuns } from '../../../src/web/page/views/timeline/runs.js';
import type { DeliveryRow } from '../../../src/web/protocol.js';

const sent = (key: string, provider: string) =>
  ({ key, run: 'one', command: 'check', direction: 'sent', provider }) as DeliveryRow;
const ended = { verdict: 'failed', grade: 'F', counts: {}, interrupted: false, exitCode: 1 } as const;

it('names the provider of a check, though a case of it is of another one', () => {
  const rows = [sent('b', 'github'), sent('a', 'scalev')];
  const end = (provider: string | null): DeliveryRow => ({ ...sent('c', ''), provider, ended });
  const named = (all: DeliveryRow[]) => groupRuns(all, new Set()).map(({ run }) => run?.provider);
  expect(named([end('scalev'), ...rows])).toEqual(['scalev']);
  // Suites are of no one provider.
  expect(named([end(null), ...rows])).toEqual(['2 providers']);
  expect(named(rows)).toEqual(['2 providers']);
});
