import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

type Files = Readonly<Record<string, string>>;

const signed = `signatures:
  signature: { scheme: hmac, hash: sha256, content: '{body}', encoding: base64 }
`;

/** A shop that says the name whole in one header, and in parts in two others. */
const shop: Files = {
  'provider.yaml': `name: shop
headers:
  X-Shop-Topic: '{event}'
  X-Shop-Resource: '{event}'
  X-Shop-Event: 'on {event}'
  X-Shop-Signature: '{signature}'
${signed}wire: { split: '.', header: [X-Shop-Resource, X-Shop-Event] }
events: [order.created, order.deleted, ping]
`,
  'events/order.created.json': '{"id":1}',
  'events/order.deleted.json': '{"id":1}',
  'events/ping.json': '{"id":2}',
};

/** One whose names are a header's text and a field's. */
const issues: Files = {
  'provider.yaml': `name: issues
headers: { X-Resource: '{event}', X-Signature: '{signature}' }
${signed}wire: { split: ':', header: x-resource, body: data.action }
events: ['issue:created', 'issue:a:b', installation]
`,
  'events/issue%3Acreated.json': '{"data":{"action":"created"}}',
  'events/issue%3Aa%3Ab.json': '{"data":{"action":"a:b"}}',
  'events/installation.json': '{}',
};

/** One that says other words than those that people type. */
const chat: Files = {
  'provider.yaml': `name: chat
headers: { X-Hook: '{event}', X-Signature: '{signature}' }
${signed}wire: { header: X-Hook, body: [kind, at.place] }
events:
  push: { wire: [Push Hook, repository] }
  merge: { wire: [Merge Hook] }
`,
  'events/push.json': '{"kind":"Push Hook","at":{"place":"repository"}}',
  'events/merge.json': '{"kind":"Merge Hook"}',
};

function projectOf(providers: Readonly<Record<string, Files>>): string {
  const files = Object.entries(providers).flatMap(([name, of]) =>
    Object.entries(of).map(([file, text]) => [`webhooks/${name}/${file}`, text]),
  );
  return folderOf({ 'webhook-sim.config.yaml': 'providers: webhooks\n', ...Object.fromEntries(files) });
}

/** Returns the deliveries of the events that words name: the event's name as it is reported, its headers, and the body. */
async function arrivals(provider: string, words: readonly string[], cwd: string) {
  const server = await captureServer();
  const { json, exitCode, stderr } = await cli(['send', provider, ...words, '--to', server.url, '--json'], { cwd });
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  const names = json.filter(({ type }) => type === 'delivery').map(({ event }) => event);
  return server.requests.map(({ headers, body }, at) => [
    names[at],
    headers.filter(([name]) => name.startsWith('X-') && !name.endsWith('Signature')),
    body.toString(),
  ]);
}

describe('a name to type that is not the name on the wire', () => {
  it('is said whole and in parts in several headers; one without a part has no header for it', async () => {
    const cwd = projectOf({ shop });
    expect(await arrivals('shop', ['order.*'], cwd)).toEqual([
      [
        'order.created',
        [
          ['X-Shop-Topic', 'order.created'],
          ['X-Shop-Resource', 'order'],
          ['X-Shop-Event', 'on created'],
        ],
        '{"id":1}',
      ],
      [
        'order.deleted',
        [
          ['X-Shop-Topic', 'order.deleted'],
          ['X-Shop-Resource', 'order'],
          ['X-Shop-Event', 'on deleted'],
        ],
        '{"id":1}',
      ],
    ]);
    expect(await arrivals('shop', ['ping'], cwd)).toEqual([
      [
        'ping',
        [
          ['X-Shop-Topic', 'ping'],
          ['X-Shop-Resource', 'ping'],
        ],
        '{"id":2}',
      ],
    ]);
  });

  it('is said in a header and the body; the last part takes what is left', async () => {
    const cwd = projectOf({ issues });
    expect(await arrivals('issues', ['--all'], cwd)).toEqual([
      ['issue:created', [['X-Resource', 'issue']], '{"data":{"action":"created"}}'],
      ['issue:a:b', [['X-Resource', 'issue']], '{"data":{"action":"a:b"}}'],
      ['installation', [['X-Resource', 'installation']], '{}'],
    ]);
  });

  it('is said in other words, of which the typed ones are told back', async () => {
    const cwd = projectOf({ chat });
    expect(await arrivals('chat', ['push', 'merge'], cwd)).toEqual([
      ['push', [['X-Hook', 'Push Hook']], '{"kind":"Push Hook","at":{"place":"repository"}}'],
      ['merge', [['X-Hook', 'Merge Hook']], '{"kind":"Merge Hook"}'],
    ]);
    expect(await arrivals('chat', ['push', '--set', 'kind=Merge Hook', '--unset', 'at'], cwd)).toEqual([
      ['merge', [['X-Hook', 'Merge Hook']], '{"kind":"Merge Hook"}'],
    ]);
    expect(await arrivals('chat', ['push', '--set', 'at.place=a.b'], cwd)).toEqual([
      ['Push Hook.a.b', [['X-Hook', 'Push Hook']], '{"kind":"Push Hook","at":{"place":"a.b"}}'],
    ]);
  });

  it('follows what an edit or a body of one’s own says, in headers and reports', async () => {
    const cwd = projectOf({ issues });
    writeFileSync(join(cwd, 'other.json'), '{"data":{"action":"a:b"}}');
    writeFileSync(join(cwd, 'empty.json'), '{}');
    expect(await arrivals('issues', ['issue:created', '--set', 'data.action=closed'], cwd)).toEqual([
      ['issue:closed', [['X-Resource', 'issue']], '{"data":{"action":"closed"}}'],
    ]);
    expect(await arrivals('issues', ['issue:created', '--data', `${cwd}/other.json`], cwd)).toEqual([
      ['issue:a:b', [['X-Resource', 'issue']], '{"data":{"action":"a:b"}}'],
    ]);
    // What a body does not tell is as it was asked for.
    expect(await arrivals('issues', ['issue:created', '--data', `${cwd}/empty.json`], cwd)).toEqual([
      ['issue:created', [['X-Resource', 'issue']], '{}'],
    ]);
  });

  it('is told where it is another than was asked for', async () => {
    const cwd = projectOf({ issues });
    const dry = async (...set: string[]) =>
      (await cli(['send', 'issues', 'issue:created', '--dry-run', '--to', 'demo', ...set], { cwd })).stderr;
    expect(await dry()).not.toContain('Sent as');
    expect(await dry('--set', 'data.action=a:b')).toContain(
      'Sent as issue:a:b, which the body says, not as issue:created.\n',
    );
    expect(await dry('--set', 'data.action=closed\u001b[2J')).toContain(
      'Sent as issue:closed\\x1b[2J, which the body says, not as issue:created. No event of issues that is known has this name.\n',
    );
    const sent = await cli(['send', 'issues', 'issue:created', '--set', 'data.action=a:b', '--to', 'demo'], { cwd });
    expect([sent.exitCode, sent.stderr]).toEqual([0, expect.stringContaining('Sent as issue:a:b')]);
  });

  it('is what a captured request is of, with an unknown one told as unknown', async () => {
    const cwd = projectOf({ issues, chat, shop });
    const verified = async (provider: string, headers: Readonly<Record<string, string>>, body: string) => {
      const lines = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
      const argv = ['verify', provider, '--body', '-', ...lines, '-H', 'X-Signature: AA', '--json'];
      return (await cli(argv, { cwd, stdin: body })).json[0].event;
    };
    const known = (name: string) => ({ name, isKnown: true });
    expect(await verified('issues', { 'x-resource': 'issue' }, '{"data":{"action":"a:b"}}')).toEqual(
      known('issue:a:b'),
    );
    expect(await verified('issues', { 'X-Resource': 'installation' }, '{"data":{"action":"x"}}')).toEqual(
      known('installation'),
    );
    expect(await verified('issues', { 'X-Resource': 'issue' }, '{"data":{"action":"closed"}}')).toEqual({
      name: 'issue:closed',
      isKnown: false,
    });
    expect(await verified('issues', { 'X-Resource': 'issue' }, 'no JSON')).toEqual({ name: 'issue', isKnown: false });
    expect(await verified('issues', {}, '{"data":{"action":"created"}}')).toBe(null);
    expect(await verified('chat', { 'X-Hook': 'Push Hook' }, '{"at":{"place":"repository"}}')).toEqual(known('push'));
    // What the body says counts: it is signed.
    expect(await verified('chat', { 'X-Hook': 'Push Hook' }, '{"kind":"Merge Hook"}')).toEqual(known('merge'));
    const parts = { 'X-Shop-Topic': 'order.deleted', 'X-Shop-Resource': 'order', 'X-Shop-Event': 'on created' };
    expect(await verified('shop', parts, '{}')).toEqual(known('order.created'));
    const { stdout } = await cli(
      ['verify', 'issues', '--body', '-', '-H', 'X-Resource: issue', '-H', 'X-Signature: AA'],
      {
        cwd,
        stdin: '{"data":{"action":"closed\u001b[2J"}}'.replace('\u001b', '\\u001b'),
      },
    );
    expect(stdout).toContain('  event   issue:closed\\x1b[2J, which is no event of issues that is known\n');
  });

  it('is named with its parts by show', async () => {
    const cwd = projectOf({ issues, chat });
    const { stdout } = await cli(['show', 'issues', 'issue:created'], { cwd });
    expect(stdout).toContain('\n  X-Resource: issue\n');
    expect(stdout).toContain('\n  body data.action: created\n');
    const shown = await cli(['show', 'chat', 'push', '--json'], { cwd });
    expect(JSON.parse(shown.stdout).wire).toEqual(['Push Hook', 'repository']);
  });

  it('passes every check of provider test, and check', async () => {
    const cwd = projectOf({ shop, issues, chat });
    const { stdout, exitCode } = await cli(['provider', 'test'], { cwd });
    expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining('failure')]);
    // The body of the one has a place for the part of an unknown event, that of the other has none.
    for (const event of ['push', 'merge']) {
      const checked = await cli(['check', 'chat', event, '--to', 'demo', '--json'], { cwd });
      expect([checked.exitCode, checked.json.at(-1)]).toEqual([0, expect.objectContaining({ grade: 'A', event })]);
    }
  });
});

const broken: readonly (readonly [what: string, from: RegExp | string, to: string, problem: RegExp])[] = [
  ['no place', /wire: .*/, "wire: { split: '.' }", /wire: names no place/],
  ['a place for one part only', /wire: .*/, "wire: { split: ':', header: X-Resource }", /wire\.split: divides names/],
  [
    'a part that would be divided',
    /events: .*/,
    "events: { made: { wire: ['a:b', created] } }",
    /events\.made\.wire: "a:b" holds ":", which divides names/,
  ],
  ['a header that is none', 'header: x-resource', 'header: X-Resorce', /X-Resorce is no header .* mean X-Resource\?/],
  ['a header without the name', "X-Resource: '{event}'", 'X-Resource: a', /x-resource holds no \{event\}/],
  ['a path that is none', 'body: data.action', "body: 'data..'", /wire\.body: "data\.\." is not a path/],
  ['two rules', 'wire:', 'eventAt: type\nwire:', /wire: .* Remove eventAt/],
  ['an empty part', "'issue:created'", "'issue:'", /events\.issue:: has a part that is empty/],
  [
    'an event with a rule of its own alone',
    /wire: .*\n[\s\S]*/,
    'events: { a: { wire: b } }\n',
    /goes with a rule for all/,
  ],
  [
    'two events that are the same',
    /events: .*/,
    "events: { 'issue:created': {}, made: { wire: [issue, created] }, more: { wire: [a, b, c] } }",
    /events\.made\.wire: is the same on the wire as issue:created[\s\S]*events\.more\.wire: has 3 parts/,
  ],
  ['an unknown key', 'split:', 'splits:', /wire\.?.*splits.*mean split\?/],
];

describe('a rule for names on the wire that does not fit', () => {
  it.each(broken)('%s', async (_, from, to, problem) => {
    const text = issues['provider.yaml']!.replace(from as string, to);
    expect(text).not.toBe(issues['provider.yaml']);
    const { exitCode, stderr } = await cli(['send', 'issues', 'installation', '--dry-run'], {
      cwd: projectOf({ issues: { ...issues, 'provider.yaml': text } }),
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(problem)]);
  });

  it('and a sample that tells another part is a failure of provider test', async () => {
    const cwd = projectOf({ issues: { ...issues, 'events/issue%3Acreated.json': '{"data":{"action":"made"}}' } });
    const { exitCode, stdout } = await cli(['provider', 'test', 'issues'], { cwd });
    expect([exitCode, stdout.replace(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringContaining(
        'data.action, where a part of the event\'s name stands (wire), is "made". It must be "created".',
      ),
    ]);
  });
});

describe('what is said of every event', () => {
  it('holds for those that say nothing else', async () => {
    const text = `${issues['provider.yaml']!.replace(/events: .*\n/, '')}everyEvent: { certainty: schema, source: issues.json of 2026 }
events:
  'issue:created': { certainty: inferred, source: a guess }
  'issue:a:b': {}
  installation: { variants: { gone: {} } }
`;
    const files = { ...issues, 'provider.yaml': text, 'events/installation--gone.json': '{"data":{}}' };
    const cwd = projectOf({ issues: files });
    const { stdout } = await cli(['list', 'issues', '--json'], { cwd });
    const { events } = JSON.parse(stdout).providers[0];
    expect(events.map(({ certainty, source }: Record<string, string>) => [certainty, source])).toEqual([
      ['inferred', 'a guess'],
      ['schema', 'issues.json of 2026'],
      ['schema', 'issues.json of 2026'],
    ]);
    expect(events[2].variants[0].certainty).toBe('schema');
    const shown = await cli(['show', 'issues', 'issue:a:b'], { cwd });
    expect(shown.stdout).toContain("  payload valid against the provider's own schema (issues.json of 2026)\n");
    const one = await cli(['show', 'issues', 'issue:created', '--json'], { cwd });
    expect(JSON.parse(one.stdout)).toMatchObject({ certainty: 'inferred', source: 'a guess' });
  });
});
