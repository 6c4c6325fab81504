import type { Delivery } from '../core/delivery.js';
import type { MadeValues } from './values.js';

/** Facts about a delivery that are not in it. */
export interface DeliveryNotes {
  readonly values: MadeValues;
  /** Data of the delivery's creator. */
  kept?: unknown;
}

class Itself {
  constructor(delivery: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the fields of the class below are put on what is returned here.
    return delivery;
  }
}

/** Notes in a private field: invisible, not copied, and at a tenth of the cost of an entry in a WeakMap. */
class Noted extends Itself {
  readonly #notes: DeliveryNotes;

  constructor(delivery: object, notes: DeliveryNotes) {
    super(delivery);
    this.#notes = notes;
  }

  static notesOf(delivery: object): DeliveryNotes | undefined {
    return #notes in delivery ? delivery.#notes : undefined;
  }
}

/** The frozen delivery with notes on it; it has to be new. */
export function attachNotes(delivery: Delivery, notes: DeliveryNotes): Delivery {
  new Noted(delivery, notes);
  return Object.freeze(delivery);
}

/** The notes on a delivery; undefined for one that was not made by this program, or is a copy. */
export function notesOf(delivery: Delivery): DeliveryNotes | undefined {
  return Noted.notesOf(delivery);
}
