import { asLine, deliveryLine, runLine, warningLine } from '../shared/jsonLines.js';
import type { Writer } from '../shared/reporter.js';
import type { FlowReporter } from './flowReporter.js';

const schemaVersion = 1;

/** Flows as JSON lines: those of `send`, with their place in the flow, and a line for each ordering. */
export function flowLines(write: Writer): FlowReporter {
  const line = (value: object) => write(`${asLine(value)}\n`);
  let current: string | null = null;
  return {
    start({ name }) {
      current = name;
    },
    event(event) {
      if (event.type === 'delivery') {
        const { flow: name, ...place } = event.place;
        const ordering = 'ordering' in event ? { ordering: event.ordering } : {};
        line({ ...deliveryLine(event), flow: { name, ...place, ...ordering } });
      } else if (event.type === 'summary') {
        line({ ...runLine(event), flow: current });
      } else if (event.type === 'warning') {
        line({ ...warningLine(event), flow: current });
      } else if (event.type === 'state') {
        const { type, flow, json, problem } = event;
        line({ schemaVersion, type, flow, state: json === null ? null : JSON.parse(json), problem });
      } else if (event.type === 'orders') {
        const { run, type, failedProbes: _, ...rest } = event;
        line({ schemaVersion, type, ...rest, summary: runLine(run) });
      } else {
        line({ schemaVersion, ...event });
      }
    },
  };
}
