import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const files = {
  'webhook-sim.config.yaml': 'providers: hooks\n',
  'hooks/acme/provider.yaml': 'name: acme\nheaders: { X-Token: "{secret}" }\nevents: [paid]\n',
  'hooks/acme/events/paid.json':
    '{"id":7.0,"customer":{"$use":"customer","set":{"name":"Ayu","address.city":"Bandung"}},"items":[{"$use":"item"}]}',
  'hooks/acme/resources/customer.json': '{"id":"c1","name":"Budi","address":{"$use":"address"}}',
  'hooks/acme/resources/address.json': '{"street":"Jalan 1","city":"Jakarta"}',
  'hooks/acme/resources/item.json': '{"price":12.50}',
};

async function bodyOf(change: Record<string, string> = {}) {
  const cwd = folderOf({ ...files, ...change });
  const sent = await cli(['send', 'acme', 'paid', '--to', 'http://localhost/', '--dry-run', '--dialect', 'js'], {
    cwd,
  });
  const tested = await cli(['provider', 'test', '--json'], { cwd });
  const [problem] = tested.json.filter(({ check }) => check === 'json').flatMap(({ problems }) => problems);
  const { stdout, stderr, exitCode } = sent;
  return { stdout, stderr, exitCode, problem: problem?.message as string | undefined };
}

describe('what samples have in common', () => {
  it('stands in resources, with other values at some paths', async () => {
    const { stdout, problem } = await bodyOf();
    expect(stdout).toContain(
      '{"id":7,"customer":{"id":"c1","name":"Ayu","address":{"street":"Jalan 1","city":"Bandung"}},"items":[{"price":12.5}]}',
    );
    expect(problem).toBe(undefined);
  });

  it.each([
    [
      'a resource that is not there',
      { paid: '{"$use":"custmer"}' },
      'there is no resources/custmer.json. Did you mean customer?',
    ],
    ['a name that leads elsewhere', { paid: '{"$use":"../provider"}' }, '$use must be the name of a file in resources'],
    ['another key', { paid: '{"$use":"item","sett":{}}' }, '$use item: sett: unknown key. Known: $use, set.'],
    [
      'a list in place of values',
      { paid: '{"$use":"item","set":[]}' },
      '$use item: set must be an object with a value for each path.',
    ],
    ['a path that is not there', { paid: '{"$use":"item","set":{"a.b":1}}' }, 'a'],
  ])('tells %s', async (_, { paid }, message) => {
    const { stderr, exitCode, problem } = await bodyOf({ 'hooks/acme/events/paid.json': paid });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
    expect(problem).toContain(message);
  });

  it('tells resources that use themselves', async () => {
    const { stderr, exitCode } = await bodyOf({
      'hooks/acme/resources/address.json': '{"owner":{"$use":"customer"}}',
    });
    expect(stderr).toMatch(/hooks.acme.events.paid\.json: resources use themselves: customer, address, customer\./);
    expect(exitCode).toBe(2);
  });

  it('tells the place where a resource is no JSON', async () => {
    const { stderr, exitCode } = await bodyOf({ 'hooks/acme/resources/item.json': '{\n  "price": x }' });
    expect(stderr).toMatch(/paid\.json: resources\/item\.json:2:12: is not JSON: /);
    expect(exitCode).toBe(2);
  });
});
