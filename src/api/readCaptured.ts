import { readFile } from 'node:fs/promises';
import { readCapture } from '../capture/readCapture.js';
import { UsageError } from '../core/errors.js';
import { assertWhole } from '../core/limits.js';
import type { Provider } from '../core/provider.js';
import { providerInReceivedMode } from '../core/providerMode.js';
import { openBody } from '../delivery/openedBody.js';
import { proofHeaderNames } from '../delivery/recognizeProviders.js';
import { type CapturedContent, capturedContent } from '../session/send/capturedContent.js';
import { findCapturedEvent } from '../session/send/findCapturedEvent.js';
import type { AnyDeliveryOptions } from './deliveryOptions.js';
import { resolveEvent } from './resolveProvider.js';
import { readSecrets } from './settings.js';

/** A captured request as the content of a delivery. */
export interface CapturedDelivery {
  readonly event: string;
  readonly content: CapturedContent;
}

/** Reads the request that `options.from` holds or names. Throws a UsageError. */
export async function readCaptured(
  from: NonNullable<AnyDeliveryOptions['from']>,
  options: AnyDeliveryOptions,
  usual: Provider,
): Promise<CapturedDelivery> {
  assertCaptureOptions(options);
  const { entry, event, exact = false, set, unset } = options;
  if (entry !== undefined) assertWhole(entry, 'options.entry', { min: 1, max: Number.MAX_SAFE_INTEGER });
  const { bytes, source } = await readBytes(from);
  const { request } = await readCapture(bytes, {
    source,
    entry,
    having: proofHeaderNames(usual),
    nameOf: (key) => `options.${key}`,
  });
  const provider = providerInReceivedMode(usual, request);
  const secrets = readSecrets(options, provider).map(({ value }) => value);
  if (!exact) await openBody(provider, request, secrets);
  const isEdited = (set ?? unset) !== undefined;
  const name =
    event === undefined
      ? findCapturedEvent(provider, request, { exact, hint: 'options.event' })
      : resolveEvent(provider, event);
  return { event: name, content: capturedContent(request, { provider, event: name, exact, isEdited }) };
}

function assertCaptureOptions(options: AnyDeliveryOptions): void {
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  const other = (['body', 'payload', 'variant'] as const).find((key) => options[key] !== undefined);
  if (other) {
    throw conflict(`options.from sends a captured request, and options.${other} something else. Give one of them.`);
  }
  const change = (['set', 'unset', 'dialect', 'forge'] as const).find((key) => options[key] !== undefined);
  if (options.exact && change) {
    throw conflict(
      `options.exact sends the captured request unchanged, options.${change} changes it. Give one of them.`,
    );
  }
}

/** Text that is a capture itself and no path: lines, JSON or a command. */
const isCapture = /[\r\n]|^\s*[{[]|^\s*curl(?:\.exe)?\s/i;

async function readBytes(from: string | URL | Uint8Array): Promise<{ bytes: Uint8Array; source: string }> {
  const source = 'options.from';
  if (from instanceof Uint8Array) return { bytes: from, source };
  if (typeof from === 'string' && isCapture.test(from)) return { bytes: Buffer.from(from), source };
  if (typeof from !== 'string' && !(from instanceof URL)) {
    throw new UsageError('BAD_CAPTURE', 'options.from is neither a path nor a captured request as bytes or text.');
  }
  try {
    return { bytes: await readFile(from), source: String(from) };
  } catch (error) {
    throw new UsageError('BAD_CAPTURE', `options.from: ${String(from)} can't be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
