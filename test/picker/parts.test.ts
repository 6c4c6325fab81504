import { describe, expect, it } from 'vitest';
import { newChoice } from '../../src/cli/commands/pick/choice.js';
import { commandFor, commandNote } from '../../src/cli/commands/pick/command.js';
import { changesBetween } from '../../src/cli/commands/pick/editChoice.js';
import { diffLines } from '../../src/cli/commands/pick/showRequest.js';
import type { Provider } from '../../src/core/provider.js';
import { matchedPositions, rankRows } from '../../src/core/rankRows.js';
import { writeFaithfully } from '../../src/json/encodeJson.js';
import { parseJson } from '../../src/json/parse.js';
import { applyEdits, parseSet, parseUnset } from '../../src/payloads/edit.js';
import { expectLinear } from '../support/expectLinear.js';

describe('rankRows', () => {
  const rows = [
    { name: 'acme', text: 'Acme' },
    { name: 'acme orders.place', text: 'Order placed. A customer places an order.' },
    { name: 'acme returns.ship', text: 'Return shipped. The order comes back.' },
    { name: 'zeta shipments.ship', text: 'Shipment shipped.' },
    { name: 'zeta order', text: 'A thing.' },
  ];
  const found = (search: string, of: readonly { name: string; text: string; isPreferred?: boolean }[] = rows) =>
    rankRows(of)(search).map(({ name }) => name);

  it.each([
    ['nothing, which leaves all as they are', '', rows.map(({ name }) => name)],
    ['parts in any order', 'place ACME', ['acme orders.place']],
    ['letters in their order', 'acord', ['acme orders.place']],
    ['the beginnings of words', 'zso', []],
    [
      'a whole word before the beginning of one, that before text',
      'order',
      ['zeta order', 'acme orders.place', 'acme returns.ship'],
    ],
    ['words of the text by their beginning', 'comes ret', ['acme returns.ship']],
    ['a name of its own before longer ones', 'acme', ['acme', 'acme orders.place', 'acme returns.ship']],
    ['no letters that are only scattered', 'atip', []],
    ['nothing that fits', 'refund', []],
  ])('finds %s', (_, search, names) => {
    expect(found(search)).toEqual(names);
  });

  it('puts what is preferred before what is as good', () => {
    const both = [
      { name: 'a order', text: '' },
      { name: 'b order', text: '', isPreferred: true },
    ];
    expect(found('order', both)).toEqual(['b order', 'a order']);
    expect(found('a', both)).toEqual(['a order']);
  });

  it('marks what fits', () => {
    const marked = (search: string, name: string) => [...matchedPositions(search, name)].sort((a, b) => a - b);
    expect(marked('ord ac', 'acme x.ord')).toEqual([0, 1, 7, 8, 9]);
    expect(marked('aord', 'acme orders')).toEqual([0, 5, 6, 7]);
  });

  it('takes time that grows with the list alone', async () => {
    const list = (providers: number) =>
      Array.from({ length: providers * 20 }, (_, i) => ({
        name: `provider${i % providers} thing${i % 20}.created`,
        text: `Provider ${i % providers} a thing is created when somebody makes one of it`,
      }));
    const ranking = (providers: number) => {
      const rank = rankRows(list(providers));
      return () => {
        for (const search of ['p', 'created', 'prov thing', 'prvd thng7 made']) rank(search);
      };
    };
    await expectLinear(ranking(50), ranking(800), 16);
  });
});

describe('changesBetween', () => {
  it.each([
    ['{"a":"x","b":1}', '{"a":"x","b":1}', [], []],
    ['{"a":"x","b":1}', '{"a":"y","b":2.50}', ['a=y', 'b=2.50'], []],
    ['{"a":"x"}', '{"a":"{{uuid}}"}', ['a:="{{uuid}}"'], []],
    ['{"a":null,"b":true}', '{"a":1,"b":false}', ['a:=1', 'b:=false'], []],
    ['{"a":{"b":1,"c.d":2}}', '{"a":{"b":1,"e=f":[1]}}', ['a["e=f"]:=[1]'], ['a["c.d"]']],
    ['{"a":[{"b":1},2]}', '{"a":[{"b":3},2]}', ['a[0].b=3'], []],
    ['{"a":[1,2]}', '{"a":[1]}', ['a:=[1]'], []],
    ['{"a":"x"}', '{"a":"\\u001b[31m"}', ['a:="\\u001b[31m"'], []],
    ['{"a":"x"}', '{"a":"\u202e"}', ['a:="\\u202e"'], []],
    ['{"a":{"b":1,"c":2}}', '{"a":{"c":2,"b":1}}', ['a:={"c":2,"b":1}'], []],
    ['{"a":{"b":1,"c":2}}', '{"a":{"d":3,"b":1,"c":2}}', ['a:={"d":3,"b":1,"c":2}'], []],
    ['{"a":[{"b":1,"c":2}]}', '{"a":[{"c":2,"b":1}]}', ['a[0]:={"c":2,"b":1}'], []],
  ])('%s to %s', (before, after, set, unset) => {
    const changes = changesBetween(parseJson(before), parseJson(after));
    expect(changes).toEqual({ set, unset });
    const edits = [...changes!.set.map((text) => parseSet(text, '--set')), ...changes!.unset.map(parseUnset)];
    expect(writeFaithfully(applyEdits(parseJson(before), edits), 'js')).toBe(after);
  });

  it.each([
    ['{}', '[]'],
    ['{"a":1,"b":2}', '{"b":2,"a":1}'],
  ])('can not say a new root: %s to %s', (before, after) => {
    expect(changesBetween(parseJson(before), parseJson(after))).toBeNull();
  });
});

describe('diffLines', () => {
  const drawn = (before: string, after: string) =>
    diffLines(before.replaceAll(' ', '\n'), after.replaceAll(' ', '\n')).map(
      ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-', gap: '…' }[kind]}${text}`,
    );

  it('shows what is different, with the lines around it', () => {
    expect(drawn('a b c', 'a b c')).toEqual([]);
    expect(drawn('a b c d e f g', 'a b c D e f g')).toEqual(['…', ' b', ' c', '-d', '+D', ' e', ' f', '…']);
    expect(drawn('a b c', 'b c')).toEqual(['-a', ' b', ' c']);
    expect(drawn('a b c d', 'c d a b')).toEqual(['-a', '-b', ' c', ' d', '+a', '+b']);
    expect(drawn('a 1 2 3 4 5 6 z', 'b 1 2 3 4 5 6 y')).toEqual(['-a', '+b', ' 1', ' 2', '…', ' 5', ' 6', '-z', '+y']);
  });

  it('does not compare what is too much', () => {
    const many = (name: string) => Array.from({ length: 3000 }, (_, i) => `${name}${i}`).join('\n');
    const kinds = diffLines(many('a'), many('b')).map(({ kind }) => kind);
    expect([kinds.lastIndexOf('removed'), kinds.indexOf('added')]).toEqual([2999, 3000]);
  });
});

it('a body that was edited is piped where pipes hand on bytes, and a file elsewhere', () => {
  const provider = { name: 'acme', secret: { variable: 'ACME_SECRET' } } as unknown as Provider;
  const choice = { ...newChoice({ provider, event: 'order.paid', variant: null }, ':3000'), body: "{ 'a' }" };
  const unix = { env: {} };
  const windows = { env: { OS: 'Windows_NT' } };
  expect(commandFor('send', choice, unix)).toBe(
    String.raw`printf %s '{ '\''a'\'' }' | webhook-sim send acme order.paid --to :3000 --data -`,
  );
  expect(commandNote('send', choice, unix)).toBe('');
  expect(commandFor('send', choice, windows)).toBe('webhook-sim send acme order.paid --to :3000 --data body.json');
  expect(commandNote('send', choice, windows)).toBe('Save the body as body.json first.\n');
  expect(commandFor('check', choice, windows)).toBe('webhook-sim check acme order.paid --to :3000');
  const withSecret = { ...choice, secret: { typed: 'x' } };
  expect(commandFor('send', withSecret, windows)).toContain('--data body.json --secret -');
  expect(commandNote('send', withSecret, windows)).toBe('Save the body as body.json first.\nIt asks for the secret.\n');
});
