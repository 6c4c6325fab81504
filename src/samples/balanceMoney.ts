import { isRecord } from '../core/isRecord.js';
import type { Plain } from '../core/plain.js';
import { type FieldContext, fieldOf, listItemOf } from './fieldContext.js';
import { amountOf, isMoneyName, type MoneyRole, moneyRole, taxOf } from './moneyValues.js';
import { decimal, type SampleWorld } from './textValues.js';

/** An amount in an object, in hundredths, and how another one is written in its place. */
interface FoundAmount {
  readonly key: string;
  readonly role: MoneyRole;
  readonly cents: number;
  readonly write: (cents: number) => Plain;
}

/**
 * The members of an object whose amounts have to be others, so that its total is what its own parts add up to: the lines or the goods, with the
 * tax and the shipping that it has. A line costs its price as often as its quantity says.
 */
export function balanceMoney(
  members: ReadonlyMap<string, Plain>,
  field: FieldContext,
  world: SampleWorld,
): [key: string, value: Plain][] {
  if (world.order.isGiven) return [];
  const amounts = amountsIn(members, field, world);
  const of = (role: MoneyRole) => amounts.find((amount) => amount.role === role)?.cents;
  const set = (role: MoneyRole, cents: number): [string, Plain][] =>
    amounts.filter((each) => each.role === role && each.cents !== cents).map(({ key, write }) => [key, write(cents)]);
  const unit = of('price');
  if (of('row') !== undefined && unit !== undefined) return set('row', unit * quantityOf(members));
  const lines = linesCost(members, field, world);
  const [tax, shipping] = [of('tax'), of('shipping')];
  if (lines === null && of('goods') === undefined && tax === undefined && shipping === undefined) return [];
  const goods = lines ?? of('goods') ?? world.order.goods;
  // A total with taxes, or goods without, tell of a tax that has no member.
  const isTaxed = amounts.some(({ key }) => /incl|excl/i.test(key));
  const added = (tax ?? (isTaxed ? taxOf(goods) : 0)) + (shipping ?? 0);
  return [...set('goods', goods), ...set('total', goods + added)];
}

/** The amounts that were written as their names ask for: not those that a schema or an example decides. */
function amountsIn(members: ReadonlyMap<string, Plain>, field: FieldContext, world: SampleWorld): FoundAmount[] {
  return [...members].flatMap(([key, value]): FoundAmount[] => {
    const inner = fieldOf(field, key);
    if (isRecord(value)) {
      const held = amountsIn(new Map(Object.entries(value).slice(0, 20)) as ReadonlyMap<string, Plain>, inner, world);
      const [only, ...others] = isMoneyName(inner.name) ? held : [];
      if (!only || others.length > 0) return [];
      return [{ ...only, key, write: (cents) => ({ ...value, [only.key]: only.write(cents) }) as Plain }];
    }
    if (!isMoneyName(inner.name)) return [];
    const cents = amountOf(inner, world);
    const write = writerLike(value, cents);
    return write && cents !== 0 ? [{ key, role: moneyRole(inner), cents, write }] : [];
  });
}

/** Returns a function that writes an amount in the form of another: in hundredths, or with two decimals. */
function writerLike(value: Plain, cents: number): FoundAmount['write'] | null {
  if (typeof value === 'string') return value === decimal(cents) ? decimal : null;
  if (typeof value !== 'number') return null;
  if (value === cents) return (other) => other;
  return Math.round(value * 100) === cents ? (other) => other / 100 : null;
}

/** Returns the cost of an order's lines; null where it has none, or one has no amount. */
function linesCost(members: ReadonlyMap<string, Plain>, field: FieldContext, world: SampleWorld): number | null {
  for (const [key, list] of members) {
    if (!Array.isArray(list) || list.length === 0 || !/items?$|lines?$|products$/i.test(key)) continue;
    const inner = fieldOf(field, key);
    const costs = list.map((line: Plain, at) => (isRecord(line) ? costOf(line, listItemOf(inner, at), world) : null));
    if (costs.every((cost) => cost !== null)) return costs.reduce((sum, cost) => sum + cost, 0);
  }
  return null;
}

function costOf(line: Readonly<Record<string, unknown>>, field: FieldContext, world: SampleWorld): number | null {
  const members = new Map(Object.entries(line)) as ReadonlyMap<string, Plain>;
  const amounts = amountsIn(members, field, world);
  const unit = amounts.find(({ role }) => role === 'price');
  if (unit) return unit.cents * quantityOf(members);
  return amounts.find(({ role }) => role === 'row')?.cents ?? null;
}

function quantityOf(members: ReadonlyMap<string, Plain>): number {
  const quantity = Number(members.get('quantity') ?? members.get('qty') ?? 1);
  return Number.isInteger(quantity) && quantity > 0 ? quantity : 1;
}
