import { variableOf } from '../../config/variable.js';
import { UsageError } from '../../core/errors.js';
import type { Suite, SuiteCase } from '../../suite/suite.js';
import { kindOf } from '../../suite/suiteKeys.js';
import type { Unit, UnitGroup } from '../../suite/unit.js';
import { checkVariableName, type Variables } from '../../suite/variables.js';
import type { Io } from '../io.js';
import { checkUnit } from './checkUnit.js';
import { sendUnit } from './sendUnit.js';
import type { CaseContext, SuiteContext } from './suiteContext.js';

const makers = { send: sendUnit, check: checkUnit };

/** Makes all cases of a suite ready. Throws a UsageError, with its place, for the first that is wrong. */
export async function prepareSuite(context: Omit<SuiteContext, 'variables'>): Promise<UnitGroup> {
  const { loaded, io } = context;
  const { suite, file, places } = loaded;
  const variables = ownVariables(suite, `${file}: vars`, io);
  const number = numbering();
  const captured: string[] = [];
  const units: Unit[] = [];
  for (const [at, each] of suite.cases.entries()) {
    const place = places[at] ?? null;
    const what = `${file}${place ? `:${place.line}:${place.column}` : ''}: ${calling(each)(null)}`;
    const written = withDefaults(each, suite.defaults);
    units.push(...(await repeated({ ...context, variables, written, number, place, what, captured: [...captured] })));
    captured.push(...Object.keys(each.capture ?? {}));
  }
  return { units, concurrency: suite.concurrency ?? 1 };
}

async function repeated({ number, ...context }: Numbered): Promise<Unit[]> {
  const { repeat = 1 } = context.written;
  const make = makers[kindOf(context.written)!];
  const call = calling(context.written);
  const units: Unit[] = [];
  for (let turn = 1; turn <= repeat; turn++) {
    const nameFor = (event: string | null) => number(repeat === 1 ? call(event) : `${call(event)} #${turn}`);
    units.push(await placed(context.what, () => make({ ...context, nameFor })));
  }
  return units;
}

interface Numbered extends Omit<CaseContext, 'nameFor'> {
  readonly number: (name: string) => string;
}

/** What is wrong with a case is told with its place. */
async function placed<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError) || error.message.startsWith(what)) throw error;
    throw new UsageError(error.code, `${what}: ${error.message}`, { cause: error });
  }
}

function withDefaults(written: SuiteCase, { expect, ...defaults }: NonNullable<Suite['defaults']> = {}): SuiteCase {
  // A default status says nothing of a check.
  const expected = kindOf(written) === 'send' && expect !== undefined ? { expect } : {};
  const header = { ...defaults.header, ...written.header };
  return { ...defaults, ...expected, ...written, ...(Object.keys(header).length > 0 && { header }) };
}

function ownVariables({ vars = {} }: Suite, what: string, { env }: Io): Variables {
  const entries = Object.entries(vars).map(([name, value]) => {
    checkVariableName(name, what);
    const variable = variableOf(String(value));
    if (variable === null) return [name, String(value)] as const;
    const found = env[variable];
    if (found === undefined) {
      throw new UsageError('BAD_VARIABLE', `${what}.${name}: the environment has no variable ${variable}. Set it.`);
    }
    return [name, found] as const;
  });
  return Object.fromEntries(entries);
}

/** What a case is called: its name, else what it does, for `event` where it does it for several. */
function calling({ name, send, check, forge, variant }: SuiteCase): (event: string | null) => string {
  if (name !== undefined) return (event) => (event === null ? name : `${name} (${event})`);
  const marks = [variant && `(${variant})`, forge && `[${forge}]`].filter(Boolean);
  const does = (send ?? `check ${check}`).trim().replace(/\s+/g, ' ');
  return (event) => [event === null ? does : `${does.split(' ')[0]} ${event}`, ...marks].join(' ');
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
