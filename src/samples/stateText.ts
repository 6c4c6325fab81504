import type { FieldContext } from './fieldContext.js';
import type { SampleCast } from './sampleCast.js';

/** A state of an address, or that of a thing. */
export function stateOrRegion({ name, owner, event }: FieldContext, { cast }: { readonly cast: SampleCast }): string {
  if (name === 'state' && !/address|location|shipping|billing/.test(owner)) return stateAfter({ name, event });
  return cast.region;
}

/** The state that a thing is in after an event: what was created is active. */
export function stateAfter({ name, event: { verb } }: Pick<FieldContext, 'name' | 'event'>): string {
  const isUsual = /^(?:|created|added|updated|changed|edited|generated|reported|published)$/.test(verb);
  if (!isUsual) return verb;
  return /result|outcome|conclusion/.test(name) ? 'success' : 'active';
}
