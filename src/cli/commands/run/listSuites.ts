import { printable } from '../../../core/printable.js';
import type { UnitGroup } from '../../../suite/unit.js';
import type { Io } from '../../io/io.js';

/** Prints the cases for `--list`, as they would be run. */
export function listSuites(groups: readonly UnitGroup[], { json }: { readonly json?: boolean }, io: Io): void {
  const items = groups.flatMap(({ units }) =>
    units.flatMap(({ items, disabled }) => items.map((item) => ({ ...item, disabled }))),
  );
  if (json) {
    const cases = items.map(({ name, ...item }) => ({ case: name, ...item }));
    io.stdout.write(`${JSON.stringify({ schemaVersion: 1, type: 'suite-list', cases }, null, 2)}\n`);
    return;
  }
  let suite: string | null = null;
  for (const item of items) {
    if (item.suite !== suite) io.stdout.write(`${suite === null ? '' : '\n'}${printable(item.suite)}\n`);
    suite = item.suite;
    const left = item.disabled === null ? '' : `  (not run: ${printable(item.disabled)})`;
    io.stdout.write(`  ${printable(item.name)}${left}\n`);
  }
}
