import { chooseTarget, previewUrls } from '../../../config/target.js';
import { UsageError } from '../../../core/errors.js';
import { listNames } from '../../../core/nearest.js';
import { printable } from '../../../core/printable.js';
import type { Provider } from '../../../core/provider.js';
import { hasKeyPair } from '../../../core/schemeFacts.js';
import { readOptions } from '../../../options/readOptions.js';
import { assertSendOptions, type SendValues, sendOptions } from '../../../options/send.js';
import { allProviders, findProvider, type KnownProviders } from '../../../providers/findProvider.js';
import { prepareInOrder } from '../../../session/handshake/prepareInOrder.js';
import { isEventMissing, selectEvents } from '../../../session/project/events.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { type EditSample, type Prepared, prepareSend } from '../../../session/send/prepareSend.js';
import type { CapturedNames } from '../../../session/send/readCapturedSend.js';
import { exitCodes } from '../../io/exitCode.js';
import { isInteractive } from '../../io/interactive.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { editPayload } from '../../prompts/editPayload.js';
import { withReport } from '../../reporting/withReport.js';
import { preview } from '../../target/preview.js';
import { reportSend } from './reportSend.js';

/** Runs `send`; resolves with the exit code. */
export async function runSend(
  providerName: string | undefined,
  eventNames: readonly string[],
  flags: RawFlags,
  io: Io,
): Promise<number> {
  return sendWith(providerName, eventNames, readOptions(sendOptions, flags, flagName), io);
}

/** Runs `send` with read options and, where they ask for it, an editor of the payload; resolves with the exit code. */
export async function sendWith(
  providerName: string | undefined,
  eventNames: readonly string[],
  given: SendValues,
  io: Io,
  edit: EditSample = (sample) => editPayload(sample, io),
): Promise<number> {
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const captured =
    given.from === undefined ? null : await capturedSend({ project, providerName, eventNames }, given, io);
  const what = captured ?? (await resolveSelection({ known: project, providerName, eventNames }, given, io));
  if (what === null) return exitCodes.sigint;
  const { provider, events } = what;
  const target = chooseTarget(project, given);
  const options = withRoute(reported, project, target);
  const prepared = await prepareSend(
    { provider, events, project, target, edit, ...(captured && { captured: captured.request }) },
    options,
    io,
  );
  if (!options.quiet) for (const line of prepared.warnings) io.stderr.write(`${line}\n`);
  if (options.dryRun || options.curl) return show(prepared, options, io);
  return reportSend(prepared, options, io);
}

async function show(
  { provider, target, route, handshakes, deliveriesTo }: Prepared,
  options: SendValues,
  io: Io,
): Promise<number> {
  const urlFor = previewUrls(target);
  const { deliveries, notes } = await deliveriesTo(urlFor);
  if (!options.quiet) for (const note of notes) io.stderr.write(`${note}\n`);
  await preview(prepareInOrder(handshakes, urlFor), route, options, io);
  await preview(deliveries, route, options, io);
  if (!options.quiet) {
    if (hasKeyPair(provider)) {
      io.stderr.write(`The receiver verifies with the public key: webhook-sim keys ${provider.name}\n`);
    }
    io.stderr.write('Nothing was sent.\n');
  }
  return exitCodes.ok;
}

/** Reads the request that `--from` names, and finds its provider; prints remarks about it. */
async function capturedSend(names: CapturedNames, options: SendValues, io: Io) {
  assertSendOptions(options);
  const { readCapturedSend } = await import('../../../session/send/readCapturedSend.js');
  const { provider, event, request, notes } = await readCapturedSend(names, options, io);
  if (!options.quiet) for (const line of notes) io.stderr.write(`${printable(line)}\n`);
  return { provider, events: [event], request };
}

interface WhatToSend {
  readonly provider: Provider;
  readonly events: readonly string[];
}

/** The names on a command line, and the known ones. */
interface Named {
  readonly known: KnownProviders;
  readonly providerName: string | undefined;
  readonly eventNames: readonly string[];
}

/** Reads provider and events from a command line, or on a terminal asks a person for those that it lacks; null where they leave. */
async function resolveSelection(
  { known, providerName, eventNames }: Named,
  options: SendValues,
  io: Io,
): Promise<WhatToSend | null> {
  const given = providerName === undefined ? null : findProvider(providerName, known);
  const lacksEvent = isEventMissing(given, eventNames, options);
  if ((given && !lacksEvent) || !isInteractive(io)) {
    const provider = given ?? throwNoProvider(known);
    return { provider, events: selectEvents(provider, eventNames, options) };
  }
  const { askWhat } = await import('../../prompts/picker.js');
  const answer = await askWhat({ providers: allProviders(known), given, lacksEvent, variant: options.variant }, io);
  if (answer === null) return null;
  const { provider, event } = answer;
  return { provider, events: selectEvents(provider, event === null ? eventNames : [event], options) };
}

function throwNoProvider(known: KnownProviders): never {
  const names = listNames(allProviders(known).map(({ name }) => name));
  throw new UsageError('NO_PROVIDER', `Which provider? One of ${names}. See: webhook-sim list`);
}
