import { jsonReporter } from '../../report/shared/jsonReporter.js';
import { Multiplexer } from '../../report/shared/multiplexer.js';
import type { Reporter, TextStyle, Writer } from '../../report/shared/reporter.js';
import { wantsColour, wantsUnicode } from '../io/colour.js';
import type { Io } from '../io/io.js';

/** The options that choose the form of a command's output. */
export interface ReportOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Opens a command's report for people. */
export type TextReport = (write: Writer, style: TextStyle) => Reporter;

/** The report of a command on stdout, without secrets: JSON lines where the options ask for them, else text. */
export function openReport(options: ReportOptions, io: Io, text: TextReport): Multiplexer {
  return new Multiplexer([stdoutReporter(options, io, text)], io.secrets);
}

/** Returns the reporter of a command on stdout, secrets included. */
export function stdoutReporter(
  options: ReportOptions,
  io: Io,
  text: TextReport,
  write: Writer = (part) => io.stdout.write(part),
): Reporter {
  return options.json ? jsonReporter(write) : text(write, textStyle(options, io));
}

function textStyle({ verbose = false }: ReportOptions, { env, stdout }: Io): TextStyle {
  const columns = stdout.isTTY ? stdout.columns : null;
  return { colour: wantsColour(env, stdout), unicode: wantsUnicode(env), verbose, columns };
}
