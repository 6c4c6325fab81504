import * as z from 'zod';
import { chooseTarget, previewUrls } from '../../config/target.js';
import type { World } from '../../core/world.js';
import { logDeliveries } from '../../history/logDeliveries.js';
import { toJson } from '../../json/value.js';
import { readOptions } from '../../options/readOptions.js';
import { resendOptions } from '../../options/resend.js';
import { type SendValues, sendOptions } from '../../options/send.js';
import { findProvider } from '../../providers/findProvider.js';
import { dryRunLine } from '../../report/shared/jsonLines.js';
import { maskDelivery } from '../../report/shared/maskSent.js';
import { selectEvent } from '../../session/project/events.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { openResend, sendKept } from '../../session/resend/openResend.js';
import { type Prepared, prepareSend } from '../../session/send/prepareSend.js';
import { sendPrepared } from '../../session/send/sendPrepared.js';
import { openFlowTarget } from '../../session/target/openFlowTarget.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import { openTarget } from '../../session/target/target.js';
import { Transport } from '../../transport/transport.js';
import { collectLines } from '../collectLines.js';
import { assertConsent, chooseToolSecret } from '../destination.js';
import { inToolMode, mcpTool, type ToolMeans, toolFields } from '../mcpTool.js';
import { toolName } from '../toolName.js';

const maxCount = 1000;
/** The default is not to wait for the hours of a provider's schedule. */
const defaultSpeed = 'instant';

/** Any value of JSON; its types are named for clients of models that want one for each value. */
const jsonValue = z.unknown().meta({ type: ['object', 'array', 'string', 'number', 'boolean', 'null'] });

const changes = {
  set: z
    .record(z.string(), jsonValue)
    .optional()
    .describe('Fields to change, by path: { "data.amount": 500, "items[0].sku": "A-1" }.'),
  unset: z.array(z.string()).optional().describe('Paths of fields to remove.'),
  payload: jsonValue.optional().describe('A whole payload in place of the sample.'),
  headers: z.record(z.string(), z.string()).optional().describe('Headers to add or replace, by name.'),
};

/** Tools that send deliveries, and resend them. */
export const sendTools = [
  mcpTool({
    name: 'send_event',
    title: 'Send an event',
    description:
      'Send an event to a receiver, signed as its provider signs it, and report the status, the timing and whether the provider would count it as accepted. With forge it sends a forgery, which a receiver has to reject; with retry it tries again as the provider does; with dryRun it sends nothing and shows the request.',
    input: z.strictObject({
      provider: toolFields.provider,
      event: toolFields.event,
      variant: toolFields.variant,
      to: toolFields.to,
      secret: toolFields.secret,
      mode: toolFields.mode,
      timeout: toolFields.timeout,
      ...changes,
      forge: z.string().optional().describe('Name of a forgery, such as "wrong-secret" or "changed-body".'),
      count: z.int().min(1).max(maxCount).optional().describe('Number of deliveries, each with its own ids.'),
      retry: z.boolean().optional().describe('Try again what is not accepted, on the schedule of the provider.'),
      speed: z
        .string()
        .optional()
        .describe('How fast the schedule of retries goes: "instant" (default), "600x", "1x" for real time.'),
      dryRun: z.boolean().optional().describe('Send nothing, and show the request.'),
    }),
    does: 'send',
    run: async (args, means) => {
      const { io } = means;
      const opened = inToolMode(means.project, args.mode);
      const provider = findProvider(args.provider, opened);
      const event = selectEvent(provider, args.event);
      const { project, secret } = chooseToolSecret(opened, provider, args.secret);
      const target = chooseTarget(project, { ...(args.to !== undefined && { to: args.to }), nameOf: toolName });
      const given = readOptions(
        sendOptions,
        {
          ...{ to: args.to, secret, timeout: args.timeout, variant: args.variant, forge: args.forge },
          ...{ set: args.set, unset: args.unset, header: args.headers, count: args.count },
          ...(args.payload !== undefined && { edit: true }),
          ...(args.retry && { retry: true, speed: args.speed ?? defaultSpeed }),
        },
        toolName,
      );
      const options = withRoute<SendValues>(given, project, target);
      const edit = async ({ edits }: { readonly edits: NonNullable<SendValues['set']> }) => ({
        edited: toJson(args.payload),
        edits,
      });
      const prepared = await prepareSend({ provider, events: [event], project, target, edit }, options, io);
      io.notes.push(...prepared.warnings);
      if (args.dryRun) return showRequests(prepared, io);
      if (target.address !== null) {
        const urls = [target.urlFor({ provider: provider.name, event })];
        assertConsent(means, { target, route: prepared.route, urls, isAttack: args.forge !== undefined });
      }
      return sendAll(prepared, options, means);
    },
  }),
  mcpTool({
    name: 'resend_delivery',
    title: 'Send a delivery of the log again',
    description:
      'Send a delivery again that is in the log of the project: what the provider renews is renewed, and the rest is as it was. Keys are in read_log.',
    input: z.strictObject({
      delivery: z.string().describe('Key or id of the delivery, or "last".'),
      to: toolFields.to,
      exact: z.boolean().optional().describe('Byte for byte as it was, even if the provider would not.'),
      timeout: toolFields.timeout,
    }),
    does: 'send',
    run: async ({ delivery, ...args }, means) => {
      const { project, io } = means;
      const given = readOptions(resendOptions, args, toolName);
      const { ready, options } = await openResend({ project, names: [delivery] }, given, io);
      const { target, route, secrets } = ready;
      io.notes.push(...ready.warnings);
      const open = await openFlowTarget(target, secrets, { talk: silentMessages(io), clock: io.clock });
      try {
        const planned = await ready.deliveriesTo(open.urlFor, (line) => io.notes.push(line));
        const urls = planned.map((each) => each.delivery.url);
        assertConsent(means, { target, route, urls, isAttack: planned.some(({ entry }) => entry.forge !== null) });
        const lines = collectLines(io.secrets);
        const log = logDeliveries({ project, command: 'resend' }, options, io);
        const transport = new Transport({ route });
        try {
          for await (const { event } of sendKept(planned, ready, { transport, log }, io)) lines.event(event);
        } finally {
          log.close();
          transport.close();
        }
        return { deliveries: lines.of('delivery'), warnings: lines.of('warning'), summary: lines.of('summary')[0] };
      } finally {
        await open.close();
      }
    },
  }),
];

async function showRequests({ target, deliveriesTo }: Prepared, { secrets }: World): Promise<object> {
  const { deliveries, notes } = await deliveriesTo(previewUrls(target));
  const requests: object[] = [];
  for await (const { delivery } of deliveries) {
    requests.push(JSON.parse(dryRunLine(maskDelivery(delivery, secrets))));
    if (requests.length === 10) break;
  }
  return { sent: 0, requests, notes };
}

async function sendAll(prepared: Prepared, options: SendValues, { io, progress }: ToolMeans): Promise<object> {
  const { provider, secrets, project } = prepared;
  const target = await openTarget(prepared.target, provider, secrets, {
    talk: silentMessages(io),
    clock: io.clock,
  });
  try {
    const planned = await prepared.deliveriesTo(target.urlFor);
    io.notes.push(...planned.notes);
    const lines = collectLines(io.secrets);
    const log = logDeliveries({ project, command: 'send' }, options, io);
    const keys: (string | null)[] = [];
    try {
      for await (const { event, key } of sendPrepared(prepared, planned, log, io)) {
        lines.event(event);
        if (event.type !== 'delivery') continue;
        keys.push(key);
        progress(keys.length, planned.total, `${event.delivery.event}: ${event.outcome}`);
      }
    } finally {
      log.close();
    }
    // The failed ones first: of many, the rest is cut.
    const deliveries = lines
      .of('delivery')
      .map((line, at) => ({ ...line, key: keys[at] }) as { readonly ok?: boolean })
      .sort((one, other) => Number(one.ok) - Number(other.ok));
    return { deliveries, warnings: lines.of('warning'), summary: lines.of('summary')[0] };
  } finally {
    await target.close();
  }
}
