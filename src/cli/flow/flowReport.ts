import type { PreparedFlow } from '../../flow/prepareFlow.js';
import { flowLines } from '../../report/flowLines.js';
import type { FlowHead, FlowReporter } from '../../report/flowReporter.js';
import { flowText } from '../../report/flowText.js';
import { wantsColour, wantsUnicode } from '../colour.js';
import type { FlowFlags } from '../flowCommand.js';
import type { Io } from '../io.js';

/** The report of flows that the flags ask for. */
export function flowReporter(flags: FlowFlags, io: Io): FlowReporter {
  const write = (text: string) => io.stdout.write(text);
  if (flags.json) return flowLines(write);
  return flowText(write, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    verbose: flags.verbose === true,
  });
}

/** What a report says of a flow before it begins. */
export function headOf({ name, title, steps }: PreparedFlow): FlowHead {
  const providers = [...new Set(steps.map(({ script }) => script.provider.name))];
  return { name, title, providers, offsetsMs: steps.map(({ offsetMs }) => offsetMs) };
}
