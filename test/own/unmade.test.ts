import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { type Acme, acmeFiles } from './acme.js';

/** Runs a command in the project of acme, whose signature covers the field data.id, against a receiver that takes everything. */
async function run(argv: readonly string[], change: (acme: Acme) => void = () => {}) {
  const server = await captureServer();
  const result = await cli([...argv, '--to', server.url], { cwd: folderOf(acmeFiles(change)) });
  return { ...result, json: () => result.json, requests: server.requests };
}

/** A second event that has not what is signed. */
const withoutField = ({ samples }: Acme) => {
  delete samples['order.paid'].data;
};
const unsigned = 'it signs no body without data.id and attempt';

it('a check leaves out what can not be made, and goes on', async () => {
  const { exitCode, json, stderr } = await cli(['check', 'acme', '--to', 'demo', '--json'], {
    cwd: folderOf(acmeFiles()),
  });
  expect([exitCode, json.at(-1).grade, stderr.includes('webhook-sim:')]).toEqual([0, 'A', false]);
  const leftOut = new Map(json.flatMap(({ name, leftOut: isLeft, reason }) => (isLeft ? [[name, reason]] : [])));
  expect(leftOut.get('empty-body-signature')).toBe(`for acme it is no forgery: ${unsigned}`);
  for (const name of ['first-kib-signature', 'malformed-json', 'empty-body', 'empty-object', 'array-body', 'null-body'])
    expect(leftOut.get(name)).toMatch(/^(the body is not longer|for acme no delivery can be made of it: it signs no)/);
  for (const name of ['get', 'head']) expect(leftOut.get(name)).toContain(unsigned);
  for (const name of ['put', 'other-event-signature', 'earlier-signature', 'non-ascii'])
    expect(leftOut.has(name)).toBe(false);
});

it.each<[string, (acme: Acme) => void, string, string]>([
  [
    'another event that lacks the field',
    withoutField,
    'other-event-signature',
    `for acme no delivery can be made of it: ${unsigned}`,
  ],
  [
    'a body whose first KiB is no JSON',
    ({ samples }) => {
      samples['order.created'].data.note = 'n'.repeat(2000);
    },
    'first-kib-signature',
    `for acme no delivery can be made of it: ${unsigned}`,
  ],
  [
    'a text that no header takes',
    ({ description, samples }) => {
      samples['order.created'].data.title = 'Two cups';
      samples['order.paid'].data.title = 'Two cups';
      description.values.title = { kind: 'field', path: 'data.title', absent: '' };
      description.headers.push(['Acme-Title', '{title}']);
    },
    'non-ascii',
    'for acme no delivery can be made of it: The value of the header Acme-Title holds a character that HTTP does not allow (a line break, a control character, or one outside Latin-1)',
  ],
])('a check leaves out the case of %s', async (_, change, name, reason) => {
  const { json, exitCode } = await cli(['check', 'acme', '--to', 'demo', '--json'], {
    cwd: folderOf(acmeFiles(change)),
  });
  expect(json.find((each) => each.name === name)).toMatchObject({ verdict: 'not_judged', leftOut: true, reason });
  expect([exitCode, json.at(-1).type]).toEqual([0, 'check-summary']);
});

it.each(['empty-body-signature', 'first-kib-signature'])(
  'the forgery %s is rejected, and it is said why',
  async (name) => {
    const { exitCode, stderr, requests } = await run(
      ['send', 'acme', 'order.created', '--forge', name],
      ({ samples }) => {
        samples['order.created'].data.note = 'n'.repeat(2000);
      },
    );
    expect(stderr).toContain(`${name} can't be made for acme: ${unsigned}.`);
    expect([exitCode, requests]).toEqual([2, []]);
  },
);

it.each([
  ['send', ['send', 'acme', '--all']],
  ['check', ['check', 'acme', '--all-events']],
  ['flow', ['flow', 'acme', 'purchase']],
])('%s sends nothing where a later event lacks what is signed', async (_, argv) => {
  const { exitCode, stderr, requests } = await run(argv, withoutField);
  expect(stderr).toContain('acme order.paid: value order: the body has no field data.id.');
  expect([exitCode, requests]).toEqual([2, []]);
});

it('an export leaves the forgeries out that can not be made', async () => {
  const argv = ['export', 'acme', '--forgeries', '--format', 'vectors', '--to', ':3000'];
  const { exitCode, stderr } = await cli(argv, { cwd: folderOf(acmeFiles()) });
  expect(stderr).toContain(`Left out empty-body-signature: ${unsigned}.`);
  expect(exitCode).toBe(0);
});
