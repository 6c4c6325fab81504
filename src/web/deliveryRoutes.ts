import { UsageError } from '../core/errors.js';
import { buildLogRow, type LogEntry, shownKey } from '../core/logEntry.js';
import { directRoute } from '../core/route.js';
import type { SecretMask } from '../core/secretMask.js';
import { findMaskedParameters } from '../core/secretParameters.js';
import { readOptions } from '../options/readOptions.js';
import { verifyOptions } from '../options/verify.js';
import { findProvider } from '../providers/findProvider.js';
import { curlRoute } from '../session/export/exportFiles.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { keptRequest, resentRequest } from '../session/resend/keptRequest.js';
import { providerOfKept } from '../session/resend/providerOfKept.js';
import { prepareVerify } from '../session/verify/prepareVerify.js';
import { choosePageSecret, pageName, readSecretChoice } from './destination.js';
import type { CurlCommand, DeliveryDetails, ShownBody, ShownDiagnosis } from './protocol.js';
import { assertField, readFields } from './readFields.js';
import { curlOf } from './sendRoutes.js';
import type { PageServices, RouteTable } from './services.js';
import { mediaTypeOf, showAttempt, showBody, showHeaders } from './shownParts.js';
import { writeSuiteCase } from './suiteCase.js';

const defaultLimit = 200;
const maxLimit = 2000;

/** Routes for the delivery log. */
export const deliveryRoutes: RouteTable = {
  'GET /api/deliveries': ({ query }, { timeline }) => {
    const limit = query.get('limit') ?? String(defaultLimit);
    if (!/^\d{1,5}$/.test(limit) || Number(limit) < 1 || Number(limit) > maxLimit) {
      throw new UsageError('BAD_LIMIT', `limit is a number from 1 to ${maxLimit}.`);
    }
    return timeline.find(query.get('q') ?? '', query.get('before') || null, Number(limit));
  },
  'GET /api/deliveries/:key': ({ params }, { timeline, io }) => showDetails(timeline.entry(params.key!), io.secrets),
  'GET /api/deliveries/:key/curl': ({ params }, { timeline, io }) => showCurl(timeline.entry(params.key!), io.secrets),
  'POST /api/deliveries/:key/verify': ({ params, body }, services) => {
    const { secret } = readFields(body, { secret: 'object' } as const);
    return verify({ source: services.timeline.entry(params.key!).key, secret }, services);
  },
  'POST /api/deliveries/:key/case': async ({ params, body }, services) => {
    const { name, saveTo } = readFields(body, { name: 'text', saveTo: 'text' } as const);
    const entry = services.timeline.entry(params.key!);
    const options = { ...(name !== undefined && { name }), ...(saveTo !== undefined && { saveTo }) };
    return writeSuiteCase(entry, options, await services.project(), services.io);
  },
  'POST /api/verify': ({ body }, services) => {
    const { text, provider, secret } = readFields(body, { text: 'text', provider: 'text', secret: 'object' } as const);
    return verify({ source: Buffer.from(assertField(text, 'text')), provider, secret }, services);
  },
};

function showDetails(entry: LogEntry, secrets: SecretMask): DeliveryDetails {
  const { key, publicUrl, framing, headers, secretHeaders, attempts } = entry;
  return {
    ...buildLogRow(entry),
    publicUrl,
    framing,
    headers: showHeaders(headers, secretHeaders),
    body: bodyOf(entry, secrets),
    results: attempts.map((attempt) => showAttempt(attempt, secrets)),
    resendProblem: resendProblem(entry),
    resendCommand: `webhook-sim resend ${key.slice(0, shownKey)}`,
  };
}

function bodyOf({ headers, bytes, sha256, body, maskedBody }: LogEntry, secrets: SecretMask): ShownBody {
  const mediaType = mediaTypeOf(headers);
  const content = body ?? maskedBody;
  if (content !== null) return showBody(content, { mediaType, bytes, sha256, isMasked: body === null }, secrets);
  const missing = 'It was not kept: it is too long, or holds a secret.';
  return { bytes, sha256, mediaType, text: null, base64: null, missing, isTruncated: false, isMasked: false };
}

/** Returns why a delivery can't be sent again; null where it can. */
function resendProblem(entry: LogEntry): string | null {
  if (!entry.isRecognized) return 'Nobody recognized its sender.';
  try {
    resentRequest(entry);
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function showCurl(entry: LogEntry, secrets: SecretMask): CurlCommand {
  const { body } = keptRequest(entry);
  const { id, provider, event, variant, forge, method, url, framing, headers, secretHeaders } = entry;
  const lost = headers.filter(([, value]) => typeof value !== 'string').map(([name]) => name);
  const hidden = findMaskedParameters(url);
  const command = curlOf(
    {
      ...{ id, provider, event, variant, forge, method, url, framing, body },
      headers: headers.map(([name, value]) => [name, typeof value === 'string' ? value : value.mask] as const),
      secretHeaders: [...secretHeaders, ...lost.map((name) => name.toLowerCase())],
      secretParameters: hidden,
    },
    curlRoute({ nameOf: pageName }, directRoute, url),
    secrets,
  );
  const notes = [...lost, ...hidden].map(
    (name) => `Set the variable of ${name}: its value is secret, and was not kept.`,
  );
  return { command, notes: [...notes, 'It has the signature of then, which a receiver may find too old.'] };
}

interface VerifySource {
  readonly source: string | Uint8Array;
  readonly provider?: string | undefined;
  readonly secret: unknown;
}

async function verify(
  { source, provider: name, secret: secretField }: VerifySource,
  { io, project: open, timeline }: PageServices,
): Promise<ShownDiagnosis> {
  const opened = await open();
  const choice = readSecretChoice(secretField);
  const named =
    name !== undefined
      ? findProvider(name, opened)
      : typeof source === 'string' && choice
        ? providerOfKept(timeline.entry(source), opened)
        : null;
  if (choice && named === null) {
    throw new UsageError('CONFLICT', 'secret: of which provider? Name the provider, too.');
  }
  const { project, secret } = named ? choosePageSecret(opened, named, choice) : { project: opened, secret: undefined };
  const options = readOptions(verifyOptions, { secret }, pageName);
  const sayProvider = (each: string) => `provider: ${each}`;
  const ready = await prepareVerify({ project, provider: named, source, sayProvider }, options, silentWorld(io));
  return ready.diagnose();
}
