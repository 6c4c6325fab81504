import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Project } from '../../config/project.js';
import type { ChosenTarget } from '../../config/target.js';
import type { Header } from '../../core/delivery.js';
import { badValue, UsageError } from '../../core/errors.js';
import type { LoadStage, LoadThresholds } from '../../core/load.js';
import type { Provider } from '../../core/provider.js';
import type { Random } from '../../core/random.js';
import type { NamedRoute } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import type { LoadBaseline } from '../../load/compareLoads.js';
import type { LoadShare } from '../../load/loadPart.js';
import type { LoadPlan } from '../../load/loadPlan.js';
import type { RandomOrigin } from '../../load/loadRandoms.js';
import { eventLoadUnit, flowLoadUnit, type LoadUnit } from '../../load/loadUnit.js';
import { assertLoadOptions, type LoadValues } from '../../options/load.js';
import { findProvider } from '../../providers/findProvider.js';
import { chooseFlow } from '../flow/chooseFlows.js';
import { flowSettings } from '../flow/flowSettings.js';
import { prepareRun, type ReadyRun } from '../flow/prepareRun.js';
import { selectEvents } from '../project/events.js';
import { type Prepared, prepareSend, type UrlFor } from '../send/prepareSend.js';
import type { LoadRequest } from './loadRequest.js';
import { assertMayBeLoaded } from './loadTarget.js';
import type { LoadRecording } from './threads/recordLoad.js';
import { workerWarnings } from './workerWarnings.js';

/** The course of a load, without its deliveries. */
export type LoadCourse = Pick<
  LoadPlan,
  'stages' | 'arrivals' | 'warmUpSeconds' | 'maxInFlight' | 'duplicate' | 'faults' | 'timeLimitMs' | 'expect'
>;

/** A load that is ready: everything that can be wrong with the command has been found out. */
export interface ReadyLoad {
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly route: NamedRoute;
  readonly secrets: ReadonlyMap<Provider, readonly Secret[]>;
  readonly course: LoadCourse;
  readonly thresholds: LoadThresholds;
  readonly baseline: LoadBaseline | null;
  readonly tolerance: number;
  readonly origin: RandomOrigin;
  /** Threads that send; 1 for this one. */
  readonly workers: number;
  /** The recording for the other threads; null where only this one sends. */
  readonly recording: LoadRecording | null;
  readonly warnings: readonly string[];
  /** The user's own. */
  readonly headers: readonly Header[];
  /** The probe of the receiver's state; null for none. */
  readonly probe: { readonly text: string; readonly name: string; readonly timeout: number | undefined } | null;
  /** Builds the units, with notes about them. */
  readonly unitsTo: (
    urlFor: UrlFor,
    thread: LoadThread,
  ) => Promise<{ readonly units: readonly LoadUnit[]; readonly notes: readonly string[] }>;
}

/** A thread's random numbers, and its share of the load. */
export interface LoadThread {
  readonly random: Random;
  readonly share: LoadShare;
}

const defaultForMs = 10_000;
const defaultMaxInFlight = 1000;
const defaultTolerance = 0.1;

/** Reads all that the options name. Throws a UsageError for the first thing that is wrong with them. */
export async function prepareLoad(request: LoadRequest, options: LoadValues, io: World): Promise<ReadyLoad> {
  assertLoadOptions(options);
  const { project, target } = request;
  const { workers = 1 } = options;
  const recording = workers > 1 ? (await import('./threads/recordLoad.js')).recordLoad(request, options, io) : null;
  const stages = buildStages(options);
  const course: LoadCourse = {
    stages,
    arrivals: options.arrivals ?? 'constant',
    warmUpSeconds: readWarmUp(options, stages),
    maxInFlight: options.maxInFlight ?? defaultMaxInFlight,
    duplicate: options.duplicates ?? 0,
    faults: options.faults ?? [],
    timeLimitMs: options.timeout ?? null,
    expect: options.expect ?? null,
  };
  const baseline = options.baseline === undefined ? null : readBaseline(options.baseline, options, io);
  const sends = await prepareSends(recording?.request ?? request, options, recording?.io ?? io);
  const flows = await prepareFlows(recording?.request ?? request, options, recording?.io ?? io);
  if (sends.length + flows.length === 0) {
    throw new UsageError(
      'NO_EVENT',
      `What is to be sent? Name a provider and its events, or ${options.nameOf('flows')}.`,
    );
  }
  const runs: readonly (Prepared | ReadyRun)[] = [
    ...sends.map(({ ready }) => ready),
    ...flows.map(({ ready }) => ready),
  ];
  const { route } = runs[0]!;
  assertMayBeLoaded(target, route, options);
  const secrets = new Map<Provider, readonly Secret[]>([
    ...sends.map(({ ready }) => [ready.provider, ready.secrets] as const),
    ...flows.flatMap(({ ready }) => [...ready.secrets]),
  ]);
  if (secrets.size > 1 && options.secret) {
    throw new UsageError(
      'CONFLICT',
      `${options.nameOf('secret')} gives one secret, and there are several providers: ${[...secrets.keys()].map(({ name }) => name).join(', ')}. Name theirs in the config.`,
    );
  }
  const { now: fixed } = options;
  const now = fixed === undefined ? io.clock.now : () => fixed;
  const unitsTo = async (urlFor: UrlFor, thread: LoadThread) => {
    const units: LoadUnit[] = [];
    const notes: string[] = [];
    for (const { ready, weights } of sends) {
      const planned = await ready.eventsTo(urlFor);
      notes.push(...planned.notes);
      for (const [at, event] of planned.events.entries()) {
        const { name, weight } = weights[at]!;
        const { fresh } = ready.settings;
        units.push(eventLoadUnit(`${ready.provider.name} ${name}`, event, { ...thread, weight, now, fresh }));
      }
    }
    for (const { ready, weight } of flows) {
      for (const flow of await ready.flowsTo(urlFor)) units.push(flowLoadUnit(flow, { ...thread, weight, now }));
    }
    return { units, notes };
  };
  const warnings = [...new Set([...runs.flatMap((each) => each.warnings), ...workerWarnings(workers, options)])];
  const thresholds = {
    maxLatency: options.maxLatency ?? [],
    maxFailed: options.maxFailed ?? 0,
    minRate: options.minRate ?? null,
  };
  const { probe: text, timeout, nameOf } = options;
  return {
    project,
    target,
    route,
    secrets,
    course,
    thresholds,
    baseline,
    tolerance: options.tolerance ?? defaultTolerance,
    origin: options.seed ?? io.entropy(16),
    workers,
    recording,
    warnings,
    headers: runs[0]!.headers,
    probe: text === undefined ? null : { text, name: nameOf('probe'), timeout },
    unitsTo,
  };
}

function buildStages({ rate, stages, for: durationMs = defaultForMs, nameOf }: LoadValues): readonly LoadStage[] {
  if (stages) return stages;
  if (durationMs > 0) return [{ ...rate!, durationMs }];
  const reason = 'a load of no time sends nothing.';
  throw badValue('BAD_DURATION', nameOf('for'), { value: '0', reason, hint: 'Write a time: 30s.' });
}

/** Whole seconds, as the figures are. */
function readWarmUp({ warmUp = 0, nameOf }: LoadValues, stages: readonly LoadStage[]): number {
  const wholeMs = stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const seconds = Math.ceil(warmUp / 1000);
  if (seconds * 1000 < wholeMs) return seconds;
  const reason = 'it is as long as the whole load, counted in whole seconds, so that nothing would be measured.';
  throw badValue('BAD_DURATION', nameOf('warmUp'), { value: `${warmUp}ms`, reason });
}

interface Weighted {
  readonly name: string;
  readonly weight: number;
}

interface WeightedSend {
  readonly ready: Prepared;
  /** Of each event. */
  readonly weights: readonly Weighted[];
}

/** Returns the events that the command line names, and those of `also`. */
async function prepareSends(request: LoadRequest, options: LoadValues, io: World): Promise<WeightedSend[]> {
  const { project, target, secretHeaders = [] } = request;
  const also = (options.also ?? []).map((text) => {
    const [provider = '', ...events] = text.trim().split(/\s+/);
    if (events.length > 0) return { provider, events };
    const reason = `"${text}" names no event.`;
    const hint = "Write a provider and its events: 'stripe charge.refunded=2'.";
    throw badValue('NO_EVENT', options.nameOf('also'), { value: text, reason, hint });
  });
  const named = request.provider === null ? [] : [{ provider: request.provider, events: request.events }];
  const { report: _report, save: _save, ...shared } = options;
  return Promise.all(
    [...named, ...also].map(async (each) => {
      const provider = findProvider(each.provider, project);
      const texts = each.events.length === 0 ? selectEvents(provider, [], {}) : each.events;
      const patterns = texts.map((text) => readWeight(text, provider.name));
      const weights = patterns.flatMap(({ name, weight }) =>
        selectEvents(provider, [name], { ...(options.variant !== undefined && { variant: options.variant }) }).map(
          (event) => ({ name: event, weight }),
        ),
      );
      const events = weights.map(({ name }) => name);
      return { ready: await prepareSend({ provider, events, project, target, secretHeaders }, shared, io), weights };
    }),
  );
}

interface WeightedFlow {
  readonly ready: ReadyRun;
  readonly weight: number;
}

function prepareFlows(
  { project, target, secretHeaders = [] }: LoadRequest,
  options: LoadValues,
  io: World,
): Promise<WeightedFlow[]> {
  return Promise.all(
    (options.flows ?? []).map(async (text) => {
      const { name, weight } = readWeight(text, options.nameOf('flows'));
      const { script } = chooseFlow(name, project);
      const settings = flowSettings(options);
      return {
        ready: await prepareRun({ scripts: [script], settings, project, target, secretHeaders }, options, io),
        weight,
      };
    }),
  );
}

/** A name with its weight: `invoice.paid=3`; 1 where none is given. */
function readWeight(text: string, what: string): Weighted {
  const [, name = text, given] = /^(.*?)=([^=]*)$/s.exec(text) ?? [];
  if (given === undefined) return { name, weight: 1 };
  const weight = /^\d+(\.\d+)?$/.test(given) ? Number(given) : 0;
  if (weight > 0 && weight <= 1_000_000) return { name, weight };
  const hint = `Write ${name}=3: three times as often as one without a number.`;
  throw badValue('BAD_WEIGHT', what, { value: text, reason: `"${given}" is not a weight.`, hint });
}

/** The figures that `--save` or `--json` wrote. */
function readBaseline(file: string, { nameOf }: LoadValues, io: World): LoadBaseline {
  const what = `${nameOf('baseline')} ${file}`;
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError('NO_FILE', `${what} can't be read (${code}). Name a file that ${nameOf('save')} wrote.`, {
      cause,
    });
  }
  const figures = [text, ...text.trimEnd().split('\n').slice(-1)].map(parsed).find(isBaseline);
  if (figures) return figures;
  throw new UsageError('BAD_BASELINE', `${what} holds no figures of a load. Name a file that ${nameOf('save')} wrote.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isBaseline(value: unknown): value is LoadBaseline {
  if (typeof value !== 'object' || value === null) return false;
  const { latencyMs, ended, ok, dropped, reachedRate } = value as Partial<Record<keyof LoadBaseline, unknown>>;
  const areNumbers = [ended, ok, dropped, reachedRate].every((each) => typeof each === 'number');
  const times = latencyMs as Partial<Record<string, unknown>> | null | undefined;
  const areTimes = times === null || ['p50', 'p95', 'p99'].every((name) => typeof times?.[name] === 'number');
  return areNumbers && areTimes;
}
