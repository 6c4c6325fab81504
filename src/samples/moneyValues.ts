import { type FieldContext, snakeCase } from './fieldContext.js';
import type { SchemaNode } from './jsonSchema.js';
import type { SampleCast } from './sampleCast.js';

/** Names of fields that hold an amount of money. */
const money =
  /amount|price|(?:^|_)(?:sub)?total(?:_|$)|cost|(?:^|_)fee(?:s|_|$)|(?:^|_)tax(?:es)?(?:$|_amount|_cents)|balance|discount|shipping$|tip|net|gross|refunded|payout|revenue|mrr|value_cents|cents$|paid$|due$|credit$|debit$/;

const notMoney =
  /rate|percent|(?:^|_)count|type|status|_id$|name|code|currency|_at$|date|number|quantity|magnet|network|(?:^|_)terms?$|net(?:work|_?mask)/;

/** Returns whether a field of a number or of digits holds an amount of money. */
export function isMoneyName(name: string): boolean {
  return money.test(name) && !notMoney.test(name);
}

/** Names of objects that hold the amounts of a line. */
const line = /item|product|variant|sku|(?:^|_)line/;

/** The role of an amount: goods, tax, shipping and fees make up the total. */
export type MoneyRole = 'goods' | 'tax' | 'shipping' | 'fee' | 'nothing' | 'price' | 'row' | 'total';

/** The cost of an order, in hundredths of the currency. */
export interface OrderMoney {
  readonly goods: number;
  readonly total: number;
  /** Whether somebody decided on the total, so that it is kept. */
  readonly isGiven: boolean;
}

/** Returns the role of a field with an amount. */
export function moneyRole({ name, owner }: Pick<FieldContext, 'name' | 'owner'>): MoneyRole {
  // An amount with its currency is what holds it: the tax of `tax: { amount, currency }`.
  if (/^(?:amount|value|cents|value_cents)$/.test(name) && isMoneyName(owner))
    return moneyRole({ name: owner, owner: '' });
  const isOfLine = line.test(owner);
  if (/discount|coupon|credit|refund|tip|balance|due|remaining|outstanding|surcharge|duty|duties/.test(name))
    return 'nothing';
  if (/excl|(?:without|before|pre)_?tax/.test(name)) return isOfLine ? 'row' : 'goods';
  if (/incl|(?:with|after)_?tax/.test(name)) return isOfLine ? 'row' : 'total';
  if (/fee/.test(name)) return 'fee';
  if (/tax|vat/.test(name)) return 'tax';
  if (/shipping|delivery/.test(name)) return 'shipping';
  if (isOfLine) return /total|amount|gross|net/.test(name) && !/unit/.test(name) ? 'row' : 'price';
  if (/sub_?total|net|items_(?:price|total)|(?:item|product)s?_total/.test(name)) return 'goods';
  return /item|product|price|unit|variant|sku|line/.test(`${owner} ${name}`) && !/total/.test(name) ? 'price' : 'total';
}

/** The amount that a field tells, in hundredths: the parts of an order add up to its total. */
export function amountOf(
  field: FieldContext,
  { cast: { products }, order }: { readonly cast: SampleCast; readonly order: OrderMoney },
): number {
  const { price } = products[field.at % products.length]!;
  const isOfLine = line.test(field.owner);
  switch (moneyRole(field)) {
    case 'nothing':
      return 0;
    case 'fee':
      return 179;
    case 'tax':
      return taxOf(isOfLine ? price : order.goods);
    case 'shipping':
      return isOfLine ? 0 : shippingCost;
    case 'goods':
      return order.goods;
    case 'total':
      return order.total;
    default:
      return price;
  }
}

const shippingCost = 495;

const maxNodes = 100_000;

/** The tax on goods, in hundredths. */
export function taxOf(goods: number): number {
  return Math.round(goods * 0.2);
}

/** Returns the cost of an order, by the parts that occur in the schemas of all events. */
export function orderMoney(nodes: readonly SchemaNode[], { products, total }: SampleCast): OrderMoney {
  const names = namesIn(nodes);
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const [first, second] = [products[0]!.price, products[1]!.price];
  const goods = has(/(?:^|_)(?:items|lines|products)$/) && total === undefined ? first : first + second;
  const roles = new Set(names.filter(isMoneyName).map((name) => moneyRole({ name, owner: '' })));
  const isWhole = total !== undefined || !(roles.has('tax') || roles.has('shipping') || roles.has('goods'));
  const tax = isWhole || roles.has('tax') || has(/incl|excl/) ? taxOf(goods) : 0;
  const shipping = isWhole || roles.has('shipping') ? shippingCost : 0;
  return { goods, total: total ?? goods + tax + shipping, isGiven: total !== undefined };
}

/** The names of all members of which schemas tell, in snake_case. */
function namesIn(nodes: readonly SchemaNode[]): string[] {
  const names = new Set<string>();
  const open: unknown[] = [...nodes];
  for (let count = 0; open.length > 0 && count < maxNodes; count++) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { properties } = node as { properties?: unknown };
    if (typeof properties === 'object' && properties !== null)
      for (const key of Object.keys(properties)) names.add(snakeCase(key));
    for (const inner of Object.values(node)) if (typeof inner === 'object') open.push(inner);
  }
  return [...names];
}
