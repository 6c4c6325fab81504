import type { FieldContext } from './fieldContext.js';
import type { SampleCast } from './sampleCast.js';

/** Names of fields that tell an amount of money. */
const money =
  /amount|price|(?:^|_)(?:sub)?total(?:_|$)|cost|(?:^|_)fee(?:s|_|$)|(?:^|_)tax(?:es)?(?:$|_amount|_cents)|balance|discount|shipping$|tip|net|gross|refunded|payout|revenue|mrr|value_cents|cents$|paid$|due$|credit$|debit$/;

const notMoney =
  /rate|percent|(?:^|_)count|type|status|_id$|name|code|currency|_at$|date|number|quantity|magnet|network|(?:^|_)terms?$|net(?:work|_?mask)/;

/** Returns whether a field of a number or of digits tells an amount of money. */
export function isMoneyName(name: string): boolean {
  return money.test(name) && !notMoney.test(name);
}

/** The amount that a field tells, in hundredths: the parts of an order add up to its total. */
export function amountOf({ name, owner, at }: FieldContext, { products, total }: SampleCast): number {
  const [first, second] = [products[0]!.price, products[1]!.price];
  if (/item|product|price|unit|variant|sku|line/.test(`${owner} ${name}`) && !/total/.test(name)) {
    return products[at % products.length]!.price;
  }
  if (/discount|coupon|credit|refund/.test(name)) return 0;
  if (/excl/.test(name)) return first + second;
  if (/incl/.test(name)) return total ?? totalOf(first + second);
  if (/fee/.test(name)) return 179;
  if (/tax|vat/.test(name)) return Math.round((first + second) * 0.2);
  if (/shipping|delivery/.test(name)) return 495;
  if (/tip/.test(name)) return 0;
  if (/sub_?total|net/.test(name)) return first + second;
  if (/balance|due|remaining|outstanding/.test(name)) return 0;
  return total ?? totalOf(first + second);
}

/** What goods cost with tax and shipping. */
function totalOf(goods: number): number {
  return goods + Math.round(goods * 0.2) + 495;
}
