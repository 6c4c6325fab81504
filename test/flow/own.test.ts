// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configs name what was captured so
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

/** A project with these flows, as JSON. */
const project = (flows: object) => ({ cwd: folderOf({ 'webhook-sim.config.json': JSON.stringify({ flows }) }) });
const answers = (body: object | string, headers = '') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return `HTTP/1.1 200 -\r\n${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

const checkout = {
  title: 'An order travels through two providers',
  steps: [
    {
      send: 'scalev order.created',
      set: { 'data.status': 'draft' },
      capture: {
        id: 'order.id',
        trace: { header: 'X-Trace' },
        last: { matches: '([0-9])\\}' },
        status: { sent: 'data.status' },
      },
    },
    { send: 'scalev payment.received', after: '1h' },
    {
      send: 'commercelayer orders.place',
      after: '10m',
      set: {
        'data.id': '${id}',
        'data.attributes.number': 'no. ${id} of ${trace}, ${last} ${status}, $${id}',
        'data.attributes.reference': { at: 1 },
      },
      unset: ['data.meta'],
    },
  ],
};

describe("a flow of one's own", () => {
  it('goes across providers, with what earlier answers hold', async () => {
    const server = await captureServer(answers({ order: { id: 4711 } }, 'x-trace: abc\r\n'));
    const { stdout, stderr, exitCode } = await cli(['flow', 'checkout', '--to', server.url], project({ checkout }));
    expect(exitCode, stderr).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      'checkout: An order travels through two providers (scalev, commercelayer, 3 events in 1 h 10 min)',
    );
    expect(stdout).toMatch(/\+1 h 10 min ✓ 200 commercelayer orders\.place/);
    expect(stderr).toMatch(/^Scalev to .*\nCommerce Layer to /);
    const [created, paid, placed] = server.requests.map(({ body }) => JSON.parse(body.toString()));
    expect(created.data.status).toBe('draft');
    expect(paid.data.order_id).toBe(created.data.order_id);
    expect(Date.parse(paid.timestamp) - Date.parse(created.timestamp)).toBe(3_600_000);
    expect(placed.data.id).toBe('4711');
    expect(placed.data.attributes.number).toBe('no. 4711 of abc, 1 draft, ${id}');
    expect(placed.data.attributes.reference).toEqual({ at: 1 });
    expect(placed.data).not.toHaveProperty('meta');
    expect(Date.parse(placed.data.attributes.updated_at) - Date.parse(paid.timestamp)).toBeGreaterThan(590_000);
  });

  it('is verified by the built-in receiver, whichever provider', async () => {
    const both = { steps: [{ send: 'scalev order.created' }, { send: 'commercelayer orders.place' }] };
    const { exitCode, json } = await cli(['flow', 'both', '--json', '--to', 'demo'], project({ both }));
    expect(exitCode).toBe(0);
    expect(json.slice(0, -1).map(({ provider, attempts }) => [provider, attempts[0].status])).toEqual([
      ['scalev', 200],
      ['commercelayer', 200],
    ]);
  });

  it('stops where an answer lacks what a later step needs, in time to do no harm', async () => {
    const server = await captureServer(answers('{"order":{}}\u001b[2J'));
    const { stdout, exitCode } = await cli(['flow', 'checkout', '--to', server.url], project({ checkout }));
    expect(stdout).toContain("stopped at step 1: nothing to capture as id: order.id in the answer's JSON is missing");
    expect(exitCode).toBe(1);
    expect(server.requests).toHaveLength(1);
    const json = await cli(['flow', 'checkout', '--to', server.url, '--json'], project({ checkout }));
    expect(json.json.map(({ type }) => type)).toEqual(['delivery', 'stopped', 'summary']);
  });

  it('stops where what was captured does not fit', async () => {
    const server = await captureServer(answers({ total: '12 EUR' }));
    const steps = [
      { send: 'bharatcart order.created', capture: { total: 'total' } },
      { send: 'bharatcart order.paid', set: { 'data.amount': '${total}' } },
    ];
    const { stdout, exitCode } = await cli(['flow', 'mine', '--to', server.url], project({ mine: { steps } }));
    expect(stdout).toContain('stopped at step 2: data.amount is a number, and "12 EUR" is not one');
    expect(exitCode).toBe(1);
    expect(server.requests).toHaveLength(1);
  });

  it('gives an event that comes again a later time, and takes no captured text for a placeholder', async () => {
    const server = await captureServer(answers({ note: '{{uuid}} {{now' }));
    const steps = [
      { send: 'bharatcart order.created', capture: { note: { json: 'note' } } },
      { send: 'bharatcart order.created', after: '2h', set: { 'data.userId': '{{seq}}' } },
      {
        send: 'bharatcart order.cancelled',
        after: '1h',
        set: { 'data.reason': '${note}', 'data.refundStatus': '{{now}}' },
      },
    ];
    await cli(['flow', 'mine', '--to', server.url, '--now', '2026-06-01T12:00:00Z'], project({ mine: { steps } }));
    const bodies = server.requests.map(({ body }) => JSON.parse(body.toString()));
    expect(bodies.map(({ timestamp }) => timestamp)).toEqual([
      '2026-06-01T09:00:00Z',
      '2026-06-01T11:00:00Z',
      '2026-06-01T12:00:00Z',
    ]);
    expect(bodies[1].data.userId).toBe('2');
    expect(bodies[2].data.reason).toBe('{{uuid}} {{now');
    expect(bodies[2].data.refundStatus).toBe('2026-06-01T12:00:00.000Z');
  });

  it('is listed with the others, and shown without what waits for an answer', async () => {
    const list = await cli(['flow'], project({ checkout }));
    expect(list.stdout).toMatch(/webhook-sim\.config\.json\n {2}checkout +An order travels/);
    const { json, stderr } = await cli(
      ['flow', 'checkout', '--dry-run', '--json', '--to', 'demo'],
      project({ checkout }),
    );
    expect(json.map(({ event }) => event)).toEqual(['order.created', 'payment.received']);
    expect(stderr).toContain('steps[2]: not shown, as it waits for an answer with id, id, trace');
  });

  const one = (step: object) => ({ mine: { steps: [step] } });
  const later = { send: 'bharatcart order.paid', set: { 'data.paymentId': '${id}' } };
  const capturing = { mine: { steps: [{ send: 'bharatcart order.created', capture: { id: 'id' } }, later] } };

  it.each<[string, object, string[], RegExp]>([
    [
      'an unknown provider',
      one({ send: 'scalew order.created' }),
      [],
      /flows\.mine\.steps\[0\]\.send: There is no provider scalew\. Did you mean scalev\?/,
    ],
    [
      'an unknown event',
      one({ send: 'scalev order.craeted' }),
      [],
      /steps\[0\]: Scalev has no event order\.craeted\. Did you mean order\.created/,
    ],
    ['no event', one({ send: 'scalev' }), [], /"scalev" is not a provider and an event/],
    [
      'an unknown variant',
      one({ send: 'scalev order.created', variant: 'legacy' }),
      [],
      /no variant legacy\. Did you mean legacy-2025\?/,
    ],
    [
      'a bad duration',
      one({ send: 'scalev order.created', after: '2 hours' }),
      [],
      /flows\.mine\.steps\[0\]\.after: must be a duration/,
    ],
    [
      'an unknown path',
      one({ send: 'scalev order.created', set: { 'data.statsu': 'x' } }),
      [],
      /steps\[0\]: The payload has no data\.statsu\. Did you mean data\.status/,
    ],
    [
      'a value that does not fit',
      one({ send: 'bharatcart order.paid', set: { 'data.amount': 'x' } }),
      [],
      /data\.amount is a number/,
    ],
    ['an unknown path to unset', one({ send: 'scalev order.created', unset: ['nothing'] }), [], /no nothing/],
    [
      'an unknown placeholder',
      one({ send: 'scalev order.created', set: { event: '{{uid}}' } }),
      [],
      /no placeholder \{\{uid\}\}/,
    ],
    [
      'an unknown variable',
      one(later),
      [],
      /steps\[0\]: there is no variable \$\{id\} here\. Capture it in an earlier step/,
    ],
    [
      'a mistyped variable',
      { mine: { steps: [capturing.mine.steps[0], { ...later, set: { 'data.paymentId': '${idd}' } }] } },
      [],
      /no variable \$\{idd\} here\. Did you mean id\?/,
    ],
    [
      'a variable at an unknown path',
      { mine: { steps: [capturing.mine.steps[0], { ...later, set: { 'data.paymentIdd': '${id}' } }] } },
      [],
      /steps\[1\]: The payload has no data\.paymentIdd/,
    ],
    ['a bad name', one({ send: 'scalev order.created', capture: { 'a-b': 'id' } }), [], /capture: "a-b" is not a name/],
    [
      'a bad path to capture',
      one({ send: 'scalev order.created', capture: { id: 'a[' } }),
      [],
      /capture\.id: "a\[" is not a path/,
    ],
    [
      'an unknown key',
      one({ send: 'scalev order.created', captures: {} }),
      [],
      /flows\.mine\.steps\[0\]\.captures: unknown key\. Did you mean capture\?/,
    ],
    ['no steps', { mine: { steps: [] } }, [], /flows\.mine\.steps: is an empty list/],
    ["a provider's name", { scalev: { steps: [later] } }, [], /flows\.scalev: is the name of a provider/],
    ['a bad flow name', { 'a b': { steps: [later] } }, [], /is not a name: a letter/],
    [
      'another order than it can have',
      capturing,
      ['--order', 'reversed'],
      /takes \$\{id\} from an earlier answer, so that its flow can only be sent in its order/,
    ],
    ['a race', capturing, ['--concurrency', '2'], /can only be sent in its order/],
    ['a lost answer', capturing, ['--drop', 'order.created'], /can only be sent in its order/],
    ['orderings', capturing, ['--orders', '--probe', 'true'], /can only be sent in its order/],
    [
      'one secret for two providers',
      { mine: checkout },
      ['--secret', 'x'],
      /--secret gives one secret, and the flow has several providers: scalev, commercelayer/,
    ],
    [
      'a second name',
      one({ send: 'scalev order.created' }),
      ['more'],
      /mine is a flow of webhook-sim\.config\.json, so name no others: more/,
    ],
    ['--all', one({ send: 'scalev order.created' }), ['--all'], /--all sends every flow of a provider/],
  ])('is rejected with %s, and nothing is sent', async (_, flows, flags, message) => {
    const server = await captureServer();
    const { stderr, stdout, exitCode } = await cli(['flow', 'mine', ...flags, '--to', server.url], project(flows));
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^webhook-sim: /);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(server.requests).toEqual([]);
  });
});
