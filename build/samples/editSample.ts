import { pointerTo } from '../../src/core/jsonPointer.js';
import { parsePath } from '../../src/json/path.js';
import type { SchemaNode } from '../../src/samples/jsonSchema.js';
import type { SchemaComplaint } from '../../src/samples/schemaComplaint.js';
import type { SchemaJudge } from '../../src/samples/schemaJudge.js';
import { isAmong, type SamplesPlan } from './samplesPlan.js';

type Members = Record<string, unknown>;

/** A change of one member that the schema has to take. */
interface Change {
  readonly pointer: string;
  readonly undo: () => void;
}

/** The place and value of a sample's event name. */
export interface EventPlace {
  readonly event: string;
  readonly eventAt: string | null;
}

/** Edits a sample by its plan: the edits of all events where the schema accepts them, and those of this event. Returns the schema's complaints. */
export function editSample(
  { event, eventAt }: EventPlace,
  body: unknown,
  schema: SchemaNode,
  plan: SamplesPlan,
  judge: SchemaJudge,
): SchemaComplaint[] {
  if (eventAt !== null) setValue(body, eventAt, event);
  const before = pointersOf(judge.complaints(schema, body));
  const changes = [...generalChanges(body, plan)];
  for (let round = 0; round < 3 && changes.length > 0; round++) {
    const wrong = judge.complaints(schema, body).filter(({ pointer }) => !before.has(pointer));
    const undone = changes.filter((change) => wrong.some((complaint) => isAbout(complaint, change)));
    if (wrong.length === 0) break;
    for (const change of (undone.length > 0 ? undone : changes).reverse()) {
      change.undo();
      changes.splice(changes.indexOf(change), 1);
    }
  }
  for (const [names, { set = {}, unset = [] }] of Object.entries(plan.events ?? {})) {
    if (!isAmong(event, [names])) continue;
    for (const [path, value] of Object.entries(set)) setValue(body, path, structuredClone(value));
    for (const path of unset) setValue(body, path, undefined);
  }
  return judge.complaints(schema, body);
}

function isAbout({ pointer, keyword, params }: SchemaComplaint, change: Change): boolean {
  if (keyword === 'required') return change.pointer === `${pointer}/${String(params.missingProperty)}`;
  return pointer === change.pointer || pointer.startsWith(`${change.pointer}/`);
}

function pointersOf(complaints: readonly SchemaComplaint[]): Set<string> {
  return new Set(complaints.map(({ pointer }) => pointer));
}

function* generalChanges(root: unknown, { values = {}, empty = [], omit = [] }: SamplesPlan): Iterable<Change> {
  for (const { holder, key, path, pointer } of membersOf(root, [], '')) {
    const isNamed = (name: string) => isAt(path, name);
    const old = holder[key];
    const value = Object.entries(values).find(([name, each]) => isNamed(name) && (old !== null || each === null));
    if (omit.some(isNamed)) {
      const order = Object.keys(holder);
      delete holder[key];
      yield { pointer, undo: () => putBack(holder, { [key]: old }, order) };
    } else if (value !== undefined || empty.some(isNamed)) {
      holder[key] = value === undefined ? null : structuredClone(value[1]);
      yield { pointer, undo: () => Object.assign(holder, { [key]: old }) };
    }
  }
}

/** Returns whether a path ends with a name, or equals one with a dot in front. */
function isAt(path: string, name: string): boolean {
  return name.startsWith('.') ? path === name.slice(1) : `.${path}`.endsWith(`.${name}`);
}

function putBack(holder: Members, member: Members, order: readonly string[]): void {
  const members: Members = { ...holder, ...member };
  for (const key of order) {
    delete holder[key];
    if (Object.hasOwn(members, key)) holder[key] = members[key];
  }
}

interface Member {
  readonly holder: Members;
  readonly key: string;
  /** Without the places in lists. */
  readonly path: string;
  readonly pointer: string;
}

function* membersOf(value: unknown, path: readonly string[], pointer: string): Iterable<Member> {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) yield* membersOf(item, path, `${pointer}/${at}`);
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      const inner = { path: [...path, key], pointer: pointer + pointerTo([key]) };
      yield { holder: value as Members, key, path: inner.path.join('.'), pointer: inner.pointer };
      yield* membersOf((value as Members)[key], inner.path, inner.pointer);
    }
  }
}

function setValue(root: unknown, path: string, value: unknown): void {
  const steps = [...parsePath(path)];
  const last = steps.pop()!;
  let holder = root as Members;
  for (const step of steps) {
    if (typeof holder[step] !== 'object' || holder[step] === null) {
      if (value === undefined) return;
      holder[step] = {};
    }
    holder = holder[step] as Members;
  }
  if (value === undefined) delete holder[last];
  else holder[last] = value;
}
