import * as z from 'zod';
import { chooseTarget } from '../../config/target.js';
import { parseTimeLimit } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import { directRoute } from '../../core/route.js';
import { listenOptions } from '../../options/listen.js';
import { readOptions } from '../../options/readOptions.js';
import { findProvider } from '../../providers/findProvider.js';
import { prepareListen } from '../../session/listen/prepareListen.js';
import { assertConsent, chooseToolSecret } from '../destination.js';
import { mcpTool, toolFields } from '../mcpTool.js';
import { toolName } from '../toolName.js';

const defaultWait = '30s';

/** Tools that receive webhooks. */
export const listenTools = [
  mcpTool({
    name: 'listen',
    title: 'Listen for webhooks',
    description:
      'Start a receiver on 127.0.0.1 that verifies what it receives and answers as asked; returns its address. wait_for_delivery returns what it received. One listens at a time: calling it again starts a new one.',
    input: z.strictObject({
      port: z.int().min(0).max(65_535).optional().describe('Default: 4400; 0 takes any free one.'),
      provider: toolFields.provider
        .optional()
        .describe('Sender of the webhooks. Default: recognized by their headers.'),
      secret: toolFields.secret,
      status: z.int().min(200).max(599).optional().describe('Status of the answers. Default: 200.'),
      script: z.string().optional().describe('First answers: "500,timeout,200" or "500x3,reset".'),
      delay: z.string().optional().describe('Answer this much later, such as "2s".'),
      reject: z.boolean().optional().describe('Answer 401 to what does not verify.'),
      forward: z.string().optional().describe('Send the same bytes on to this receiver of this machine.'),
    }),
    does: 'send',
    run: async ({ provider: name, secret: asked, forward, ...answers }, means) => {
      const { project: opened, io, listener } = means;
      const provider = name === undefined ? null : findProvider(name, opened);
      if (asked !== undefined && provider === null) {
        throw new UsageError('CONFLICT', 'secret: of which provider? Name the provider, too.');
      }
      const { project, secret } = provider
        ? chooseToolSecret(opened, provider, asked)
        : { project: opened, secret: undefined };
      if (forward !== undefined) {
        const target = chooseTarget(project, { to: forward, nameOf: toolName });
        const urls = target.address === null ? [] : [target.urlFor({ provider: 'provider', event: 'event' })];
        assertConsent(means, { target, route: directRoute, urls });
      }
      const options = readOptions(
        listenOptions,
        { ...answers, forward, secret, reject: answers.reject || undefined },
        toolName,
      );
      const ready = await prepareListen({ project, provider: provider?.name ?? null }, options, io);
      return { url: await listener.start(ready, means) };
    },
  }),
  mcpTool({
    name: 'wait_for_delivery',
    title: 'Wait for a webhook',
    description:
      'Wait until the listener has received webhooks, and return each once: provider, event, verdict on its signature, and where it does not verify, why. arrived is false where the time was over first.',
    input: z.strictObject({
      until: z.string().optional().describe('Name or pattern of the event to wait for, such as "order.*".'),
      count: z.int().min(1).max(1000).optional().describe('How many of them. Default: 1.'),
      timeout: z.string().optional().describe('How long at most. Default: 30s.'),
    }),
    does: 'look',
    run: async ({ until = null, count = 1, timeout = defaultWait }, { io, listener }) =>
      listener.wait({ until, count, timeoutMs: parseTimeLimit(timeout, 'timeout') }, io),
  }),
  mcpTool({
    name: 'stop_listening',
    title: 'Stop listening',
    description: 'Stop the listener and free its port.',
    input: z.strictObject({}),
    does: 'look',
    run: async (_, { listener }) => ({ wasListening: await listener.stop() }),
  }),
];
