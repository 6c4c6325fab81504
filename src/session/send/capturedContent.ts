import type { Delivery, Header, ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { holdsMask } from '../../core/fingerprint.js';
import type { Provider } from '../../core/provider.js';
import { readUrl } from '../../core/readUrl.js';
import { findSecretParameters } from '../../core/secretParameters.js';
import { carriesSecret, checkHeader } from '../../delivery/header.js';
import { attachNotes } from '../../delivery/notes.js';
import { assertOpened } from '../../delivery/openedBody.js';
import { payloadRequest } from '../../delivery/queryPayload.js';
import { isWrapped } from '../../delivery/wrappedBody.js';
import { expectedAnswer } from '../../forge/expectedAnswer.js';
import { parsedBody } from '../../json/dialect.js';
import type { Json } from '../../json/value.js';
import type { OwnBody } from '../../payloads/prepare.js';
import { eventRules } from '../../policy/rules.js';
import type { PlannedEvent } from '../../simulate/plan.js';

/** The use of a captured request in a send: a sample that is renewed and signed again, a body that is only signed again, or a verbatim replay. */
export interface CapturedContent {
  readonly sample?: Json;
  readonly own?: OwnBody;
  readonly replay?: (to: ReplayTarget) => PlannedEvent;
}

/** The target of a replay, and the user's headers for it. */
interface ReplayTarget {
  readonly url: string;
  readonly headers: readonly Header[];
  readonly secretNames: readonly string[];
}

interface CapturedUse {
  readonly provider: Provider;
  readonly event: string;
  readonly exact: boolean;
  /** Whether fields are to be changed. */
  readonly isEdited: boolean;
}

/** Headers of one connection, which HTTP makes for the next one. */
const hopByHop =
  /^(?:host|content-length|connection|transfer-encoding|keep-alive|proxy-connection|proxy-authorization|te|trailer|upgrade|expect|http2-settings)$/i;

/** Returns what a captured request is sent as. Throws a UsageError where it can't be that. */
export function capturedContent(captured: ReceivedRequest, use: CapturedUse): CapturedContent {
  const { provider, exact, isEdited } = use;
  const own = { bytes: captured.body, checked: false, source: 'The captured request' };
  if (exact) return { own, replay: (to) => planReplay(captured, to, use) };
  if (holdsMask(Buffer.from(captured.body).toString('latin1'))) throw masked('body');
  assertOpened(provider, captured.body, 'the captured request');
  const { body } = isWrapped(provider) ? payloadRequest(provider, captured) : captured;
  const sample = body.length === 0 ? undefined : parsedBody(body, provider);
  if (sample !== undefined) return { sample };
  if (isEdited) {
    throw new UsageError(
      'BAD_CAPTURE',
      `The body of the captured request is not in the form in which ${provider.title} writes payloads, so it has no fields to change.`,
    );
  }
  return { own };
}

/** Returns the target's address with the path and query of a captured request, unless it has its own. */
function withCapturedPath(target: string, captured: string): string {
  const { pathname, search } = new URL(target);
  const path = /^https?:\/\/[^/?#]*([^#]*)/i.exec(captured)?.[1] ?? '';
  if (pathname !== '/' || search !== '' || path === '') return target;
  const whole = `${target.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
  return readUrl(whole)?.href ?? target;
}

/** The request to another address: method, headers and body stay, and path and query where the address has none. */
function planReplay(
  captured: ReceivedRequest,
  { url, headers: given, secretNames }: ReplayTarget,
  { provider, event }: CapturedUse,
): PlannedEvent {
  if (captured.method === 'CONNECT') {
    throw new UsageError(
      'BAD_CAPTURE',
      'The captured request asks a proxy for a tunnel (CONNECT), which is no delivery.',
    );
  }
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  const kept = captured.headers.filter(([name]) => !hopByHop.test(name) && !names.has(name.toLowerCase()));
  for (const [name, value] of kept) {
    if (holdsMask(value)) throw masked(`header ${name}`);
    checkHeader(name, value);
  }
  const headers = [...kept, ...given.filter(([, value]) => value !== '')];
  const address = withCapturedPath(url, captured.url);
  const delivery: Delivery = {
    id: idOf(captured),
    provider: provider.name,
    event,
    variant: null,
    forge: null,
    method: captured.method,
    url: address,
    headers,
    body: captured.body,
    framing: 'length',
    secretHeaders: [...new Set([...secretNames, ...headers.map(([name]) => name.toLowerCase()).filter(carriesSecret)])],
    secretParameters: [...new Set([...findSecretParameters(url), ...findSecretParameters(address, carriesSecret)])],
  };
  const sent = attachNotes(delivery, { values: { stated: new Map(), signed: new Map() } });
  return {
    payload: { bytes: captured.body, holes: [], eventTime: null },
    rebuild: null,
    identityGroup: undefined,
    make: () => sent,
    rules: eventRules(provider, provider.events[event], expectedAnswer(null, provider)),
  };
}

/** The id that the request itself has, where one of its headers is named for that. */
function idOf({ headers }: ReceivedRequest): string {
  const found = headers.find(([name]) => /(?:^|-)(?:id|delivery|uuid|guid)$/i.test(name))?.[1];
  return found !== undefined && /^[\w.:-]{1,128}$/.test(found) ? found : 'captured';
}

function masked(what: string): UsageError {
  return new UsageError(
    'BAD_CAPTURE',
    `The ${what} of the captured request has "(secret …)" in place of a secret, so it can't be sent. Capture the request itself.`,
  );
}
