import type { SendValues } from '../../../options/send.js';
import { parseSet, parseUnset } from '../../../payloads/edit.js';
import type { OwnBody } from '../../../payloads/prepare.js';
import type { EditSample } from '../../../session/send/prepareSend.js';
import type { Io } from '../../io/io.js';
import { flagName } from '../../options/flags.js';
import type { ChosenDelivery } from '../../prompts/askDelivery.js';

/** A person's choice of a delivery. */
export interface Choice extends ChosenDelivery {
  readonly target: string;
  /** As `--set` and `--unset` take them. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
  /** The edited payload, where edits can't express it; sent as it is. */
  readonly body: string | null;
  readonly secret: ChosenSecret | null;
}

/** A given secret: its place, or the text that was typed without being shown. */
export type ChosenSecret = { readonly reference: string } | { readonly typed: string };

/** A choice without changes. */
export function newChoice(delivery: ChosenDelivery, target: string): Choice {
  const { provider, event, variant } = delivery;
  return { provider, event, variant, target, set: [], unset: [], body: null, secret: null };
}

/** Returns whether anything of the payload is changed. */
export function isChanged({ set, unset, body }: Choice): boolean {
  return set.length > 0 || unset.length > 0 || body !== null;
}

/** The options of a send that say the same. */
export function toSendOptions({ target, variant, set, unset, body, secret }: Choice): SendValues {
  return {
    to: target,
    ...(variant === null ? {} : { variant }),
    ...(body === null ? {} : { edit: true }),
    ...(secret === null ? {} : { secret: ['reference' in secret ? secret.reference : '-'] }),
    set: set.map((text) => parseSet(text, flagName('set'))),
    unset: unset.map(parseUnset),
    nameOf: flagName,
  };
}

/** Returns the world and the editor of a send that answer its questions as the choice does. */
export function answerPrompts({ body, secret }: Choice, io: Io): { io: Io; edit: EditSample } {
  const own: OwnBody = { bytes: Buffer.from(body ?? ''), checked: true, source: 'The edited payload' };
  const answered: Io =
    secret !== null && 'typed' in secret ? Object.create(io, { askHidden: { value: async () => secret.typed } }) : io;
  return { io: answered, edit: async ({ edits }) => ({ own, edits }) };
}
