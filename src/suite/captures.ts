import type { Variables } from '../core/variables.js';

interface Given {
  /** Number of the case that gave it, in the order of the file. */
  readonly by: number;
  readonly value: string;
}

/** The values that cases captured, by name: concurrent cases see what they would see one after the other. */
export class Captures {
  private readonly given = new Map<string, Given[]>();

  add(by: number, captured: Variables): void {
    for (const [name, value] of Object.entries(captured)) {
      const values = this.given.get(name) ?? [];
      const later = values.findIndex((each) => each.by > by);
      values.splice(later < 0 ? values.length : later, 0, { by, value });
      this.given.set(name, values);
    }
  }

  /** Of each name what the nearest case before a number gave; nothing of those that none gave. */
  before(number: number, names: readonly string[]): Variables {
    const found = names.flatMap((name) => {
      const nearest = this.given.get(name)?.findLast(({ by }) => by < number);
      return nearest ? [[name, nearest.value] as const] : [];
    });
    return Object.fromEntries(found);
  }
}
