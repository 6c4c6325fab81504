import { isAbsolute, relative, resolve } from 'node:path';
import * as z from 'zod';
import { chooseTarget } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import { foreignHost } from '../../core/foreignHost.js';
import type { SuiteEnded } from '../../core/suite.js';
import { logDeliveries } from '../../history/logDeliveries.js';
import { flowOptions } from '../../options/flow.js';
import { readOptions } from '../../options/readOptions.js';
import { runOptions } from '../../options/run.js';
import { chooseFlows } from '../../session/flow/chooseFlows.js';
import { flowSettings } from '../../session/flow/flowSettings.js';
import { openFlows } from '../../session/flow/openFlows.js';
import { prepareRun } from '../../session/flow/prepareRun.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { loadSuites } from '../../session/suite/loadSuites.js';
import { openSuiteRun, suitesExitCode } from '../../session/suite/openSuiteRun.js';
import { runSettings } from '../../session/suite/suiteContext.js';
import { openFlowTarget } from '../../session/target/openFlowTarget.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import { Transport } from '../../transport/transport.js';
import { collectLines } from '../collectLines.js';
import { assertConsent } from '../destination.js';
import { inToolMode, mcpTool, type ToolMeans, toolFields } from '../mcpTool.js';
import { toolName } from '../toolName.js';

/** Tools that send several deliveries that belong together. */
export const suiteTools = [
  mcpTool({
    name: 'run_flow',
    title: 'Run a flow',
    description:
      'Send what happens in order around one thing, such as a payment from its creation to its refund, with the same ids throughout. Without flow, list the flows of the provider.',
    input: z.strictObject({
      provider: z.string().describe('Name of a provider, or of a flow of the config.'),
      flow: z.string().optional().describe('Name of the flow. Default: list them.'),
      to: toolFields.to,
      timeout: toolFields.timeout,
      duplicate: z.int().min(1).max(100).optional().describe('Send each event so many times.'),
      order: z.string().optional().describe('"natural" (default), "reverse" or "shuffle".'),
      speed: z.string().optional().describe('Pace: "instant" (default), "600x", "1x" for real time.'),
      seed: z.int().min(0).optional().describe('For the same ids and order again.'),
      mode: toolFields.mode,
    }),
    does: 'send',
    run: async ({ provider: first, flow: name, mode, ...args }, means) => {
      const { io } = means;
      const project = inToolMode(means.project, mode);
      const { flows: chosen, isList } = chooseFlows(first, name, {}, project);
      if (isList) {
        return {
          flows: chosen.map(({ script: { name: flow, title, steps } }) => ({
            ...{ flow, title },
            steps: steps.map(({ provider, event }) => `${provider.name} ${event}`),
          })),
        };
      }
      const given = readOptions(flowOptions, args, toolName);
      const target = chooseTarget(project, { ...(args.to !== undefined && { to: args.to }), nameOf: toolName });
      const options = withRoute(given, project, target);
      const scripts = chosen.map(({ script }) => script);
      const ready = await prepareRun({ scripts, settings: flowSettings(given), project, target }, options, io);
      io.notes.push(...ready.warnings);
      if (target.address !== null) {
        const steps = scripts.flatMap((script) => script.steps);
        const urls = steps.map(({ provider, event }) => target.urlFor({ provider: provider.name, event }));
        assertConsent(means, { target, route: ready.route, urls });
      }
      return sendFlows(ready, options, means);
    },
  }),
  mcpTool({
    name: 'run_suite',
    title: 'Run suites',
    description:
      'Run the suites of the project (*.webhooks.yaml and those of the config) and report which cases passed, and what failed in the others.',
    input: z.strictObject({
      suites: z
        .array(z.string())
        .optional()
        .describe('Files or folders of the project, or names of suites of its config. Default: all.'),
      grep: z.string().optional().describe('Only cases whose name matches this regular expression.'),
      to: z.string().optional().describe('Target of the cases that have none.'),
    }),
    does: 'send',
    run: async ({ suites: names = [], ...args }, means) => {
      const { project, io, allowRemote } = means;
      for (const name of names) assertInProject(name, means);
      const options = { ...readOptions(runOptions, args, toolName), quiet: true };
      const suites = await loadSuites(names, project, io.cwd);
      const run = await openSuiteRun(
        {
          ...{ suites, project, settings: runSettings(options), program: null, wait: null },
          log: logDeliveries({ project, command: 'run' }, options, io),
          talk: silentMessages(io),
        },
        options,
        io,
      );
      try {
        const foreign = run.destinations().flatMap(({ url, route }) => foreignHost(route, url) ?? []);
        if (foreign.length > 0 && !allowRemote) {
          throw new UsageError('FOREIGN_TARGET', `The suites send to ${foreign[0]}, which is not this machine.`, {
            hint: 'Run them with: webhook-sim run. Or start the server with: webhook-sim mcp --allow-remote',
          });
        }
        const lines = collectLines(io.secrets);
        const total = run.groups.reduce((sum, { units }) => sum + units.length, 0);
        let ended: SuiteEnded | undefined;
        let done = 0;
        for await (const event of run.events()) {
          lines.event(event);
          if (event.type === 'result') means.progress(++done, total, `${event.name}: ${event.status}`);
          else if (event.type === 'suite-summary') ended = event;
        }
        const exitCode = suitesExitCode(ended!, null);
        return {
          ok: exitCode === 0,
          exitCode,
          results: lines.of('result'),
          warnings: lines.of('warning'),
          summary: lines.of('suite-summary')[0] ?? lines.of('summary').at(-1),
        };
      } finally {
        await run.close();
      }
    },
  }),
];

/** Throws a UsageError for a suite outside of the project: suites may be programs. */
function assertInProject(name: string, { io, project }: ToolMeans): void {
  const path = resolve(io.cwd, name);
  const isInside = [io.cwd, project.folder].some((folder) => {
    const way = relative(folder, path);
    return !way.startsWith('..') && !isAbsolute(way);
  });
  if (!isInside) throw new UsageError('FOREIGN_SUITE', `suites: ${name} is outside of the project.`);
}

async function sendFlows(
  ready: Awaited<ReturnType<typeof prepareRun>>,
  options: Parameters<typeof openFlows>[1],
  { io, progress }: ToolMeans,
): Promise<object> {
  const { secrets, route } = ready;
  const target = await openFlowTarget(ready.target, secrets, { talk: silentMessages(io), clock: io.clock });
  const transport = new Transport({ route });
  const log = logDeliveries({ project: ready.project, command: 'flow' }, options, io);
  try {
    const lines = collectLines(io.secrets);
    const { flows, play } = await openFlows(ready, options, { target, transport }, io);
    const total = flows.reduce((sum, { steps }) => sum + steps.length, 0);
    let done = 0;
    for (const flow of flows) {
      for await (const event of play(flow)) {
        lines.event(event);
        if (event.type !== 'delivery') continue;
        log.add(event, { target: ready.target, route });
        progress(++done, total, `${event.delivery.event}: ${event.outcome}`);
      }
    }
    return {
      deliveries: lines.of('delivery'),
      stopped: lines.of('stopped'),
      warnings: lines.of('warning'),
      summary: lines.of('summary').at(-1),
    };
  } finally {
    log.close();
    transport.close();
    await target.close();
  }
}
