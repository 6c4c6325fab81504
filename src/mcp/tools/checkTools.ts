import * as z from 'zod';
import { isSafe } from '../../check/isSafe.js';
import { runChecks } from '../../check/runChecks.js';
import { chooseTarget } from '../../config/target.js';
import type { CheckEnded } from '../../core/check.js';
import { logDeliveries } from '../../history/logDeliveries.js';
import { checkOptions } from '../../options/check.js';
import { handshakeOptions } from '../../options/handshake.js';
import { readOptions } from '../../options/readOptions.js';
import { findProvider } from '../../providers/findProvider.js';
import { logCheck } from '../../session/check/logCheck.js';
import { openCheck } from '../../session/check/openCheck.js';
import { prepareCheck } from '../../session/check/prepareCheck.js';
import { prepareHandshakeRun } from '../../session/handshake/prepareHandshakeRun.js';
import { sendHandshakeRuns } from '../../session/handshake/sendHandshakeRuns.js';
import { selectEvent } from '../../session/project/events.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import { openTarget } from '../../session/target/target.js';
import { Transport } from '../../transport/transport.js';
import { collectLines } from '../collectLines.js';
import { assertConsent, assertToolValues, chooseToolSecret } from '../destination.js';
import { inToolMode, mcpTool, toolFields } from '../mcpTool.js';
import { toolName } from '../toolName.js';

/** Tools that check a receiver. */
export const checkTools = [
  mcpTool({
    name: 'check_receiver',
    title: 'Check a receiver',
    description:
      'Find out whether a receiver is safe: send genuine, forged and broken deliveries to it, grade it from A to F, and name each finding with why it matters and what to change. It attacks the receiver, so it has to be on this machine or allowed by the config. Takes some seconds to minutes.',
    input: z.strictObject({
      provider: toolFields.provider,
      event: toolFields.event.optional().describe('Event to check with. Default: the usual one of the provider.'),
      to: toolFields.to,
      secret: toolFields.secret,
      mode: toolFields.mode,
      timeout: toolFields.timeout,
      only: z
        .array(z.string())
        .optional()
        .describe('Only these cases or classes, such as "must-reject" or "wrong-secret".'),
      skip: z.array(z.string()).optional().describe('Cases or classes to leave out.'),
      allEvents: z.boolean().optional().describe('Also check every event of the provider.'),
      expect: z.string().optional().describe('How the receiver rejects: "4xx" (default), "401,403" or "body:TEXT".'),
    }),
    does: 'send',
    run: async ({ provider: name, event: eventName, mode, ...args }, means) => {
      const { io } = means;
      const opened = inToolMode(means.project, mode);
      const provider = findProvider(name, opened);
      const event = eventName === undefined ? provider.defaultEvent : selectEvent(provider, eventName);
      const { project, secret } = chooseToolSecret(opened, provider, args.secret);
      const target = chooseTarget(project, { ...(args.to !== undefined && { to: args.to }), nameOf: toolName });
      const allowRemote = means.allowRemote || undefined;
      const given = readOptions(checkOptions, { ...args, secret, allowRemote }, toolName);
      const ready = await prepareCheck({ provider, event, project, target }, withRoute(given, project, target), io);
      const { route, source, cases } = ready;
      io.notes.push(...ready.warnings);
      if (target.address !== null) {
        const urls = [target.urlFor({ provider: provider.name, event })];
        assertConsent(means, { target, route, urls, isAttack: true });
      }
      const open = await openTarget(target, provider, source.secrets, { talk: silentMessages(io), clock: io.clock });
      const transport = new Transport({ route });
      const log = logDeliveries({ project, command: 'check' }, given, io);
      try {
        const lines = collectLines(io.secrets);
        let ended: CheckEnded | undefined;
        let done = 0;
        const check = { ...(await openCheck(ready, { open, transport }, io)), concludes: true };
        for await (const each of runChecks(check)) {
          lines.event(each);
          logCheck(log, each, { target, route }, io);
          if (each.type === 'case') means.progress(++done, cases.length, `${each.name}: ${each.verdict}`);
          else if (each.type === 'check-summary') ended = each;
        }
        return {
          safe: isSafe(ended!),
          summary: lines.of('check-summary')[0],
          cases: lines.of('case').map(({ requests: _, attempts: __, why, fix, ...line }) => ({
            ...line,
            ...(line.verdict !== 'passed' && { why, fix }),
          })),
          warnings: lines.of('warning'),
        };
      } finally {
        log.close();
        transport.close();
        await open.close();
      }
    },
  }),
  mcpTool({
    name: 'send_handshake',
    title: 'Send a handshake',
    description:
      'Send what the provider sends before its first event (a challenge, a confirmation, a ping), and say whether the receiver answers as it has to.',
    input: z.strictObject({
      provider: toolFields.provider,
      names: z.array(z.string()).optional().describe('Handshakes by name. Default: all of the provider.'),
      to: toolFields.to,
      secret: toolFields.secret,
      values: z
        .record(z.string(), z.string())
        .optional()
        .describe('Texts that you chose, such as { "verify_token": "env:WHATSAPP_VERIFY_TOKEN" }, by their variables.'),
      mode: toolFields.mode,
      timeout: toolFields.timeout,
    }),
    does: 'send',
    run: async ({ provider: name, names = [], values, mode, ...args }, means) => {
      const { io } = means;
      const opened = inToolMode(means.project, mode);
      const provider = findProvider(name, opened);
      const { project, secret } = chooseToolSecret(opened, provider, args.secret);
      assertToolValues(project, provider, values);
      const target = chooseTarget(project, { ...(args.to !== undefined && { to: args.to }), nameOf: toolName });
      const options = readOptions(handshakeOptions, { ...args, secret, value: values }, toolName);
      const given = withRoute(options, project, target);
      const ready = await prepareHandshakeRun({ provider, names, project, target }, given, io);
      const { route, secrets } = ready;
      io.notes.push(...ready.warnings);
      if (target.address !== null) {
        const urls = [target.urlFor({ provider: provider.name, event: provider.defaultEvent })];
        assertConsent(means, { target, route, urls });
      }
      const open = await openTarget(target, provider, secrets, { talk: silentMessages(io), clock: io.clock });
      const transport = new Transport({ route });
      const log = logDeliveries({ project, command: 'handshake' }, given, io);
      try {
        const lines = collectLines(io.secrets);
        const sent = sendHandshakeRuns([ready], { urlFor: open.urlFor, transport }, io);
        for await (const { event } of sent) {
          lines.event(event);
          if (event.type === 'handshake') log.add(event.ended, { target, route }, { purpose: 'handshake' });
        }
        return { handshakes: lines.of('handshake'), warnings: lines.of('warning'), summary: lines.of('summary')[0] };
      } finally {
        log.close();
        transport.close();
        await open.close();
      }
    },
  }),
];
