import type { SecretMask } from '../core/secretMask.js';
import { jsonReporter } from '../report/shared/jsonReporter.js';
import { Multiplexer } from '../report/shared/multiplexer.js';
import type { ReportEvent } from '../report/shared/reporter.js';

/** A line of `--json`. */
export type JsonLine = Readonly<Record<string, unknown>>;

/** The events of a run, as lines of `--json`. */
export interface CollectedLines {
  event(event: ReportEvent): void;
  readonly lines: readonly JsonLine[];
  /** The lines of one type. */
  of(type: string): readonly JsonLine[];
}

/** Collects what happens as objects, without secrets. */
export function collectLines(secrets: SecretMask): CollectedLines {
  const lines: JsonLine[] = [];
  const write = (text: string) => {
    for (const line of text.split('\n')) if (line !== '') lines.push(JSON.parse(line));
  };
  const report = new Multiplexer([jsonReporter(write)], secrets);
  return {
    lines,
    of: (type) => lines.filter((line) => line.type === type),
    event: (event) => report.event(event),
  };
}
