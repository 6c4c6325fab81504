import { expect, it } from 'vitest';
import { receiver } from '../support/receiver.js';
import { openMcp } from './mcpClient.js';

const event = { provider: 'scalev', event: 'order.created' };

/** Calls of every tool in the order of a session, each with what its answer has to hold; a receiver listens at `port`. */
const callsTo = (port: number): readonly (readonly [tool: string, args: object, holds: object])[] => [
  [
    'list_providers',
    { search: 'refund' },
    { events: expect.arrayContaining([expect.objectContaining({ event: 'REFUND' })]) },
  ],
  ['show_event', event, { type: 'show', event: 'order.created' }],
  ['send_event', { ...event, to: `:${port}`, set: { 'data.status': null } }, { summary: { sent: 1, accepted: 1 } }],
  ['read_log', { provider: 'scalev' }, { deliveries: [expect.objectContaining({ event: 'order.created' })] }],
  ['show_delivery', { delivery: 'last' }, { event: 'order.created' }],
  ['resend_delivery', { delivery: 'last' }, { summary: { sent: 1, accepted: 1 } }],
  ['verify_request', { delivery: 'last' }, { type: 'verify', genuine: true }],
  ['diagnose_signature', { delivery: 'last', computed: 'AAAA' }, { genuine: false }],
  ['check_receiver', { provider: 'scalev', to: `:${port}`, only: ['wrong-secret'] }, { safe: false }],
  ['send_handshake', { provider: 'slack', to: 'demo' }, { handshakes: [expect.objectContaining({ ok: true })] }],
  [
    'run_flow',
    { provider: 'stripe' },
    { flows: expect.arrayContaining([expect.objectContaining({ flow: 'payment' })]) },
  ],
  ['run_suite', {}, { ok: true, results: [expect.objectContaining({ status: 'passed' })] }],
  ['listen', { port: 0 }, { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/) }],
  ['wait_for_delivery', { timeout: '1ms' }, { received: [], leftOut: 0 }],
  ['stop_listening', {}, { wasListening: true }],
];

it('answers each of its tools in one session', async () => {
  const suite = 'target: demo\ncases:\n  - send: scalev order.created\n';
  const { call, client } = await openMcp({ files: { 'smoke.webhooks.yaml': suite } });
  const calls = callsTo((await receiver()).port);
  const { tools } = await client.listTools();
  expect(calls.map(([tool]) => tool).sort()).toEqual(tools.map(({ name }) => name).sort());
  for (const [tool, args, holds] of calls) {
    const { isError, value, text } = await call(tool, args);
    expect([tool, isError, value]).toMatchObject([tool, false, holds]);
    expect(JSON.parse(text), tool).toEqual(value);
  }
});

it('has a type for each value that a tool takes, as clients of other models want it', async () => {
  const { client } = await openMcp();
  const untyped = (schema: object, path: string): string[] => {
    const { properties = {}, additionalProperties, items, ...own } = schema as Record<string, object | undefined>;
    const within = Object.entries(properties).flatMap(([name, each]) => untyped(each as object, `${path}.${name}`));
    const values = [additionalProperties, items].filter((each) => typeof each === 'object');
    const found = values.flatMap((each) => untyped(each!, `${path}[]`));
    return [...within, ...found, ...(['type', 'anyOf', 'enum', 'const'].some((key) => key in own) ? [] : [path])];
  };
  const { tools } = await client.listTools();
  expect(tools.flatMap(({ name, inputSchema }) => untyped(inputSchema as object, name))).toEqual([]);
});
