import type { Listened, SenderRule } from '../../../core/listened.js';
import { maskAddress } from '../../../core/secretParameters.js';
import { senderProof } from '../../../core/senderProof.js';
import type { ResultEnded } from '../../../core/suite.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import { type ListenValues, listenOptions } from '../../../options/listen.js';
import { readOptions } from '../../../options/readOptions.js';
import { listeningLine, listenSummaryLine, receivedLine, senderLine } from '../../../report/listen/receivedLines.js';
import { listenSummary, type ReceivedLook, receivedText, senderText } from '../../../report/listen/receivedText.js';
import { prepareListen, type ReadyListen } from '../../../session/listen/prepareListen.js';
import { runListen } from '../../../session/listen/runListen.js';
import { Tally } from '../../../simulate/tally.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { writeNotice } from '../../io/writeNotice.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { describeSecret, loadProject } from '../../project/project.js';
import { withReport } from '../../reporting/withReport.js';

/** Runs `listen`; resolves with the exit code. */
export async function runListenCommand(provider: string | undefined, flags: RawFlags, io: Io): Promise<number> {
  const given = readOptions(listenOptions, flags, flagName);
  const project = await loadProject(given, io);
  const options = withReport(given, project, io);
  const ready = await prepareListen({ project, provider: provider ?? null }, options, io);
  const reports = options.report ? await openSenderReports(options, io) : null;
  const startedAt = io.clock.now();
  const watch = options.json ? jsonWatch(options, io) : textWatch(ready, options, io);
  const result = await runListen(ready, logDeliveries({ project, command: 'listen' }, options, io), watch, io);
  const { rules, ended } = result;
  if (rules) {
    const name = ready.expected!.provider.name;
    io.stdout.write(options.json ? `${senderLine(name, rules, io.secrets)}\n` : senderText(rules, watch.look));
    if (reports) {
      for (const each of rules) reports.event(buildResult(name, each, startedAt));
      reports.event(buildSummary(rules, { startedAt, durationMs: io.clock.now() - startedAt }));
    }
  }
  if (options.json) io.stdout.write(`${listenSummaryLine(ended)}\n`);
  else if (!options.quiet) io.stderr.write(listenSummary(ended, watch.look));
  const isReportLost = reports ? await reports.close() : false;
  const code = ended.interrupted && io.interrupted.reason === 'SIGTERM' ? exitCodes.sigterm : result.exitCode;
  return code === exitCodes.ok && (isReportLost || result.unsaved > 0) ? exitCodes.usage : code;
}

function readLook(options: ListenValues, io: Io): ReceivedLook {
  return {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    verbose: options.verbose === true,
    columns: io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY,
    mask: io.secrets,
  };
}

function jsonWatch(options: ListenValues, io: Io) {
  return {
    look: readLook(options, io),
    listening: (url: string) => io.stdout.write(`${listeningLine(url)}\n`),
    received: (listened: Listened) => io.stdout.write(`${receivedLine(listened, io.secrets)}\n`),
    warn: (line: string) => io.stderr.write(`${line}\n`),
  };
}

function textWatch({ sender, forwardsTo, host }: ReadyListen, options: ListenValues, io: Io) {
  const look = readLook(options, io);
  const say = (line: string) => {
    if (!options.quiet) writeNotice(line, io);
  };
  return {
    look,
    listening(url: string) {
      say(`Listening on ${url}${sender ? ` for ${sender.provider.title}` : ''}; Ctrl-C ends it.`);
      if (host !== '127.0.0.1') say(`Other machines can reach it: it listens on ${host}.`);
      if (forwardsTo !== null) say(`What comes is forwarded to ${maskAddress(forwardsTo)}`);
      if (sender) {
        const { provider, secrets } = sender;
        const shown = secrets.map((secret) => describeSecret(secret, provider)).join(' and ');
        const isProvable = senderProof(provider) !== 'nothing';
        say(isProvable ? `Verified with ${shown}` : `Nothing is verified: ${provider.title} signs nothing.`);
      }
    },
    received: (listened: Listened) => io.stdout.write(receivedText(listened, look)),
    warn: (line: string) => writeNotice(line, io),
  };
}

/** The reports that suites have, of the rules of a sender. */
async function openSenderReports({ report }: ListenValues, io: Io) {
  const { openReports } = await import('../../reporting/reports.js');
  return openReports({ ...(report && { report }), github: false }, io, { fileOf: () => null, usual: false });
}

function buildResult(provider: string, { name, ok, says }: SenderRule, startedAt: number): ResultEnded {
  return {
    type: 'result',
    suite: 'listen',
    place: null,
    name: `${provider} ${name}`,
    kind: 'send',
    provider,
    event: null,
    variant: null,
    forge: null,
    status: ok === null ? 'skipped' : ok ? 'passed' : 'failed',
    reason: ok === null ? says : null,
    failures: ok === false ? [{ expectation: name, message: says }] : [],
    earlier: [],
    startedAt: new Date(startedAt).toISOString(),
    durationMs: 0,
    deliveries: [],
    check: null,
    log: null,
  };
}

function buildSummary(rules: readonly SenderRule[], time: { readonly startedAt: number; readonly durationMs: number }) {
  const count = (ok: boolean | null) => rules.filter((each) => each.ok === ok).length;
  return {
    type: 'suite-summary' as const,
    startedAt: new Date(time.startedAt).toISOString(),
    durationMs: time.durationMs,
    counts: { passed: count(true), failed: count(false), flaky: 0, skipped: count(null) },
    run: new Tally().summary(false),
    coverage: null,
    budgets: [],
    bailed: false,
    interrupted: false,
  };
}
