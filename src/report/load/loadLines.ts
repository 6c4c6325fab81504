import type { LoadEnded, LoadSecond, LoadVerdict } from '../../core/load.js';

/** A second of a load, as `--json` prints it. */
export function secondLine(second: LoadSecond): string {
  return JSON.stringify(secondDocument(second));
}

/** Returns the JSON of a second of a load. */
export function secondDocument(second: LoadSecond) {
  return { schemaVersion: 1, ...second } as const;
}

/** Returns the result of a load, as `--json` and `--save` write it. */
export function loadLine(ended: LoadEnded, { verdict, findings }: LoadVerdict): string {
  return JSON.stringify(loadDocument(ended, { verdict, findings }));
}

/** Returns the JSON of a load's result. */
export function loadDocument(ended: LoadEnded, { verdict, findings }: LoadVerdict) {
  const { type: _, ...figures } = ended;
  return { schemaVersion: 1, type: 'summary', verdict, findings, ...figures } as const;
}
