import { UsageError } from '../core/errors.js';
import { getPath, parsePath, unknownPath } from '../json/path.js';
import { type Json, toJson } from '../json/value.js';
import { applyEdits, type Edit } from '../payloads/edit.js';
import { loadSample } from '../payloads/load.js';
import { type OwnBody, type PayloadRequest, prepareOwn, prepareSample } from '../payloads/prepare.js';
import type { EventPlanner } from '../session/send/planEvent.js';
import type { PlannedEvent } from '../simulate/plan.js';
import type { AnyDeliveryOptions } from './deliveryOptions.js';

/** The options that say what a body is. */
export type BodyOptions = Pick<AnyDeliveryOptions, 'payload' | 'body' | 'set' | 'unset'>;

/** The source of an event's further payloads. */
interface ChangerSource {
  readonly plan: EventPlanner;
  readonly request: PayloadRequest;
  readonly schema: AnyDeliveryOptions['schema'];
}

/** Returns a maker of the event with another payload, where some options ask for that. Throws a UsageError. */
export async function payloadChanger({
  plan,
  request,
  schema,
}: ChangerSource): Promise<(own: BodyOptions) => PlannedEvent | undefined> {
  const prepared = request.own ? undefined : (request.sample ?? (await loadSample(request)));
  return (own) => {
    const name = nameOfFirst(own);
    if (name === undefined) return undefined;
    if (schema) {
      throw conflict(`schema: a payload with ${name} is not held to it. Use createDelivery, or leave one of them out.`);
    }
    const { body, payload } = own;
    if (body !== undefined) {
      assertOneBody(own);
      return plan(prepareOwn(copyCallerBody(body), request)).planned;
    }
    if (typeof payload === 'function')
      throw conflict('payload: a function changes the sample once. Give it to prepare.');
    const base = payload === undefined ? (request.edited ?? prepared) : toJson(payload);
    if (base === undefined) throw conflict(`body is sent as it is, so ${name} can't change it. Give a payload, too.`);
    return plan(prepareSample({ ...request, edited: applyBodyChanges(base, own) }, prepared ?? base)).planned;
  };
}

function nameOfFirst({ payload, body, set, unset }: BodyOptions): string | undefined {
  return Object.entries({ payload, body, set, unset }).find(([, value]) => value !== undefined)?.[0];
}

/** Throws a UsageError for a body together with options that would change it. */
export function assertOneBody({ body, ...others }: BodyOptions & Pick<AnyDeliveryOptions, 'dialect'>): void {
  if (body === undefined) return;
  const { payload, set, unset, dialect } = others;
  const other = Object.entries({ payload, set, unset, dialect }).find(([, value]) => value !== undefined)?.[0];
  if (other) throw conflict(`body is sent as it is, so ${other} can't change it. Give one or the other.`);
}

function conflict(message: string): UsageError {
  return new UsageError('CONFLICT', message);
}

/** Returns a payload with some values set, and others removed. Throws a UsageError for a path that it does not have. */
export function applyBodyChanges(base: Json, { set = {}, unset = [] }: BodyOptions): Json {
  const edits: Edit[] = Object.entries(set).map(([text, value]) => {
    const path = parsePath(text);
    if (getPath(base, path) === undefined) throw unknownPath(base, path);
    return { type: 'setJson', path, value: toJson(value) };
  });
  return applyEdits(base, [
    ...edits,
    ...[unset].flat().map((text): Edit => ({ type: 'unset', path: parsePath(text) })),
  ]);
}

/** Copies a body of the caller's own, so that later changes of it have no effect. */
export function copyCallerBody(body: string | Uint8Array): OwnBody {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Uint8Array.from(body);
  return { bytes, checked: false, source: 'body' };
}
