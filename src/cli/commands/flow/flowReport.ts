import type { PreparedFlow } from '../../../flow/prepareFlow.js';
import type { FlowValues } from '../../../options/flow.js';
import { flowLines } from '../../../report/flow/flowLines.js';
import type { FlowHead, FlowReporter } from '../../../report/flow/flowReporter.js';
import { flowText } from '../../../report/flow/flowText.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import type { Io } from '../../io/io.js';

/** The report of flows that the options ask for. */
export function flowReporter(options: FlowValues, io: Io): FlowReporter {
  const write = (text: string) => io.stdout.write(text);
  if (options.json) return flowLines(write);
  return flowText(write, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    verbose: options.verbose === true,
  });
}

/** What a report says of a flow before it begins. */
export function headOf({ name, title, steps }: PreparedFlow): FlowHead {
  const providers = [...new Set(steps.map(({ script }) => script.provider.name))];
  return { name, title, providers, offsetsMs: steps.map(({ offsetMs }) => offsetMs) };
}
