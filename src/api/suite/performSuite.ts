import { UsageError } from '../../core/errors.js';
import type { ResultEnded, SuiteEnded } from '../../core/suite.js';
import { readWait } from '../../launch/readWait.js';
import { runOptions } from '../../options/run.js';
import { loadSuites } from '../../session/suite/loadSuites.js';
import { exitCodeOfSuites, openSuiteRun } from '../../session/suite/openSuiteRun.js';
import { runSettings } from '../../session/suite/runSettings.js';
import { callName } from '../assertOptions.js';
import { callLog } from '../project/callLog.js';
import { frozen } from '../project/frozen.js';
import { callTalk, openCall } from '../project/openCall.js';
import { optionsBut, readCall } from '../project/readCall.js';
import { serveCallKeys } from '../project/serveCallKeys.js';
import type { RunSuiteOptions, SuiteResult } from './runSuiteOptions.js';

const callOptions = optionsBut(runOptions, ['list', 'report', 'github', 'json', 'quiet', 'verbose']);

/** Reads all options, runs the suites and tells what came of them. */
export async function performSuite(given: RunSuiteOptions): Promise<SuiteResult> {
  const { command = null, suites: names = [], bail, wait, ...others } = given;
  const typed = {
    ...others,
    ...(bail !== undefined && bail !== false && { bail }),
    ...(wait !== undefined && { wait: typeof wait === 'number' ? `${wait}ms` : wait }),
  };
  const options = readCall(callOptions, ['signal'], typed);
  if (command?.length === 0) throw new UsageError('NO_PROGRAM', `${callName('command')}: there is no program in it.`);
  const settings = runSettings(options);
  const readiness = { wait: options.wait, waitFor: options.waitFor, command: command ?? [], nameOf: callName };
  const { project, io } = await openCall({ config: given.config, signal: given.signal, readsEnvironment: true });
  const suites = await loadSuites(names, project, io.cwd);
  const log = callLog(project, options, io);
  const request = { suites, project, settings, log, talk: callTalk(io), program: command, wait: readWait(readiness) };
  const run = await openSuiteRun(request, { ...options, quiet: true }, io);
  const keys = await serveCallKeys(options.serveKeys, run.signers()).catch(async (error: unknown) => {
    await run.close();
    throw error;
  });
  const results: ResultEnded[] = [];
  let summary: SuiteEnded | undefined;
  try {
    for await (const event of run.events()) {
      if (event.type === 'result') results.push(event);
      else if (event.type === 'suite-summary') summary = event;
      else io.notes.push(event.message);
    }
  } finally {
    await run.close();
    await keys?.close();
  }
  const exitCode = exitCodeOfSuites(summary!, null);
  return frozen({
    ok: exitCode === 0 && !summary!.interrupted,
    exitCode,
    results,
    summary: summary!,
    notes: [...io.notes],
  });
}
