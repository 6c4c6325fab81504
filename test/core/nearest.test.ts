import { describe, expect, it } from 'vitest';
import { nearest, suggest } from '../../src/core/nearest.js';
import { expectLinear } from '../support/expectLinear.js';

const events = ['order.created', 'order.updated', 'order.deleted', 'payment.paid', 'refund'];

describe('nearest', () => {
  it.each([
    ['order.craeted', events, ['order.created']],
    ['ORDER.CREATED', events, ['order.created']],
    ['order_created', events, ['order.created']],
    ['created', events, ['order.created']],
    ['order', events, ['order.created', 'order.updated', 'order.deleted']],
    ['refunds', events, ['refund']],
    ['stagging', ['demo', 'staging'], ['staging']],
    ['dmeo', ['demo', 'staging'], ['demo']],
    ['shpoify', ['shopify', 'stripe', 'scalev'], ['shopify']],
    ['ir', ['id', 'url'], ['id']],
  ])('%s', (name, known, wanted) => {
    expect(nearest(name, known)).toEqual(wanted);
  });

  it.each([
    ['zebra', events],
    ['x', ['a', 'b', 'id']],
    ['', ['a', 'id', 'demo']],
    ['video', ['id', 'url']],
    ['curlybraces', ['url', 'id', '']],
    ['or', events],
    ['order.created', []],
  ])('%s is near to nothing', (name, known) => {
    expect(nearest(name, known)).toEqual([]);
  });

  it('suggests three at most, the best first, without noise behind a good one', () => {
    const known = ['item1', 'item2', 'item3', 'item4'];
    expect(nearest('item', known)).toEqual(['item1', 'item2', 'item3']);
    expect(nearest('ietm2', known)).toEqual(['item2', 'item1', 'item3']);
    expect(nearest('payment.piad', ['payment.void', 'payment.paid'])).toEqual(['payment.paid']);
  });

  it('takes no longer for a name of a million letters than for one of a hundred', async () => {
    const known = Array.from({ length: 200 }, (_, i) => `${'y'.repeat(99)}${i}`);
    const finding = (length: number) => {
      const [name, other] = ['x'.repeat(length), 'y'.repeat(length)];
      return () => nearest(name, [other, ...known]);
    };
    expect(nearest('x'.repeat(1_000_000), ['y'.repeat(1_000_000), ...known])).toEqual([]);
    await expectLinear(finding(100), finding(1_000_000), 10);
  });

  it('takes time in proportion to the number of names', async () => {
    const known = (length: number) => Array.from({ length }, (_, i) => `data.items[${i}].price`);
    const [few, many] = [known(500), known(4000)];
    expect(nearest('data.itmes[7].price', many)).toContain('data.items[7].price');
    const finding = (names: readonly string[]) => () => nearest('data.itmes[7].price', names);
    await expectLinear(finding(few), finding(many), 8);
  });
});

describe('suggest', () => {
  it.each([
    ['order.craeted', events, 'Did you mean order.created?'],
    ['item', ['item1', 'item2'], 'Did you mean item1 or item2?'],
    ['zebra', ['a', 'id'], 'Known: a, id.'],
    ['zebra', [], ''],
  ])('%s', (name, known, sentence) => {
    expect(suggest(name, known)).toBe(sentence);
  });

  it('tells of a long list those that share a word, else some, and how many more there are', () => {
    const many = Array.from({ length: 250 }, (_, i) => `thing${String.fromCharCode(97 + (i % 26))}${i}.changed`);
    const known = [...many, 'invoice.payment_settled_by_transfer', 'invoice_item.of_a_customer.finalized'];
    expect(suggest('zzz.invoice', known, 20)).toBe(
      'Known: invoice.payment_settled_by_transfer, invoice_item.of_a_customer.finalized, and 250 more.',
    );
    expect(suggest('zzz', known, 20)).toBe(`Known: ${many.slice(0, 8).join(', ')}, and 244 more.`);
  });
});
