import type { LoadEnded, LoadSecond, LoadVerdict } from '../../core/load.js';

/** A second of a load, as `--json` prints it. */
export function secondLine(second: LoadSecond): string {
  return JSON.stringify({ schemaVersion: 1, ...second });
}

/** What a load came to, as `--json` and `--save` write it. */
export function loadLine(ended: LoadEnded, { verdict, findings }: LoadVerdict): string {
  const { type: _, ...figures } = ended;
  return JSON.stringify({ schemaVersion: 1, type: 'summary', verdict, findings, ...figures });
}
