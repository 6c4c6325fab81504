import { parseEnvReference } from '../../config/address.js';
import { withMode } from '../../config/withMode.js';
import { UsageError } from '../../core/errors.js';
import { printable } from '../../core/printable.js';
import { checkVariableName, fillKnownVariables } from '../../core/variables.js';
import type { World } from '../../core/world.js';
import type { Suite, SuiteCase } from '../../suite/suite.js';
import { kindOf, mergeExpected } from '../../suite/suiteKeys.js';
import type { Unit, UnitGroup } from '../../suite/unit.js';
import { sendUnit } from './sendUnit.js';
import type { CaseContext, SuiteContext } from './suiteContext.js';

/** The builder of each kind of case; those of checks, flows and loads are imported only when a suite has some. */
const unitBuilders = {
  send: async () => sendUnit,
  check: async () => (await import('./checkUnit.js')).checkUnit,
  flow: async () => (await import('./flowUnit.js')).flowUnit,
  handshake: async () => (await import('./handshakeUnit.js')).handshakeUnit,
  load: async () => (await import('./loadUnit.js')).loadUnit,
};

/** Makes all cases of a suite ready. Throws a UsageError, with its place, for the first that is wrong. */
export async function prepareSuite(context: Omit<SuiteContext, 'variables' | 'secretNames'>): Promise<UnitGroup> {
  const { loaded, io, options } = context;
  const { suite, file, places } = loaded;
  const own = ownVariables(suite, `${file}: vars`, io);
  const number = numbering();
  const captured = new Set<string>();
  const units: Unit[] = [];
  for (const [at, each] of suite.cases.entries()) {
    const place = places[at] ?? null;
    const call = calling(each, own);
    const what = printable(`${file}${place ? `:${place.line}:${place.column}` : ''}: ${call(null)}`);
    const written = withDefaults(each, omitGiven(suite.defaults, options));
    const project = withMode(context.project, written.mode, 'mode');
    units.push(...(await repeated({ ...context, ...own, project, written, call, number, place, what, captured })));
    for (const name of Object.keys(each.capture ?? {})) captured.add(name);
  }
  return { units, concurrency: suite.concurrency ?? 1 };
}

async function repeated({ number, call, ...context }: Numbered): Promise<Unit[]> {
  const { repeat = 1 } = context.written;
  const make = await unitBuilders[kindOf(context.written)!]();
  const units: Unit[] = [];
  for (let turn = 1; turn <= repeat; turn++) {
    const nameFor = (event: string | null) => number(repeat === 1 ? call(event) : `${call(event)} #${turn}`);
    units.push(await withPlace(context.what, () => make({ ...context, nameFor })));
  }
  return units;
}

interface Numbered extends Omit<CaseContext, 'nameFor'> {
  readonly call: (event: string | null) => string;
  readonly number: (name: string) => string;
}

/** Prefixes errors in a case with its place. */
async function withPlace<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError) || error.message.startsWith(what)) throw error;
    throw new UsageError(error.code, `${what}: ${error.message}`, { cause: error });
  }
}

function withDefaults(written: SuiteCase, { expect, ...defaults }: NonNullable<Suite['defaults']> = {}): SuiteCase {
  // A default status does not apply to a check or a handshake.
  const kind = kindOf(written);
  const expected = kind === 'send' || kind === 'flow' ? mergeExpected(expect, written.expect) : written.expect;
  const header = { ...defaults.header, ...written.header };
  return {
    ...defaults,
    ...written,
    ...(expected !== undefined && { expect: expected }),
    ...(Object.keys(header).length > 0 && { header }),
  };
}

/** Returns the defaults of a suite that no option of the run replaces; what a case sets itself stays. */
function omitGiven(defaults: Suite['defaults'] = {}, options: SuiteContext['options']): NonNullable<Suite['defaults']> {
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !Object.hasOwn(options, key)));
}

type Own = Pick<SuiteContext, 'variables' | 'secretNames'>;

function ownVariables({ vars = {} }: Suite, what: string, { env, secrets }: World): Own {
  const secretNames = new Set<string>();
  const entries = Object.entries(vars).map(([name, value]) => {
    checkVariableName(name, what);
    const variable = parseEnvReference(String(value));
    if (variable === null) return [name, String(value)] as const;
    const found = env[variable];
    if (found === undefined) {
      throw new UsageError('BAD_VARIABLE', `${what}.${name}: the environment has no variable ${variable}. Set it.`);
    }
    secretNames.add(name);
    secrets.add([found]);
    return [name, found] as const;
  });
  return { variables: Object.fromEntries(entries), secretNames };
}

/** Returns what a case is called: its name, else what it does, for `event` where it does it for several. */
function calling(written: SuiteCase, { variables, secretNames }: Own): (event: string | null) => string {
  const shown = Object.fromEntries(Object.entries(variables).filter(([name]) => !secretNames.has(name)));
  const fill = (text: string | undefined) => (text === undefined ? undefined : fillKnownVariables(text, shown));
  const [name, send, check, flow, handshake, load, forge, variant, from] = [
    written.name,
    written.send,
    written.check,
    written.flow,
    written.handshake,
    written.load,
    written.forge,
    written.variant,
    written.from,
  ].map(fill);
  if (name !== undefined) return (event) => (event === null ? name : `${name} (${event})`);
  const marks = [from && `from ${from}`, variant && `(${variant})`, forge && `[${forge}]`].filter(Boolean);
  if (handshake !== undefined) return handshakeTitler(handshake.trim().replace(/\s+/g, ' '));
  const does = (send ?? (check !== undefined ? `check ${check}` : load !== undefined ? `load ${load}` : `flow ${flow}`))
    .trim()
    .replace(/\s+/g, ' ');
  return (event) => [event === null ? does : `${does.split(' ')[0]} ${event}`, ...marks].join(' ');
}

/** Returns a function that formats the title of a case of handshakes, and of each handshake. */
function handshakeTitler(does: string): (name: string | null) => string {
  return (name) => `handshake ${name === null ? does : `${does.split(' ')[0]} ${name}`}`;
}

/** Makes each further name that was given before another, with its number. */
function numbering(): (name: string) => string {
  const count = new Map<string, number>();
  return (name) => {
    const turn = (count.get(name) ?? 0) + 1;
    count.set(name, turn);
    return turn === 1 ? name : `${name} (${turn})`;
  };
}
