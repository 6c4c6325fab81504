import { formatMask } from '../../core/fingerprint.js';
import type { ListenEnded, Listened, SenderRule } from '../../core/listened.js';
import type { SecretMask } from '../../core/secretMask.js';
import { maskParameters } from '../../core/secretParameters.js';
import { bodyText } from '../shared/bodySize.js';
import { asLine } from '../shared/jsonLines.js';

const schemaVersion = 1 as const;
/** The most bytes of a body in a line. */
const longestBody = 64 * 1024;

/** Returns the line with the address of a listener. */
export function listeningLine(url: string): string {
  return asLine(listeningDocument(url));
}

/** Returns the JSON of a listener's address. */
export function listeningDocument(url: string) {
  return { schemaVersion, type: 'listening', url } as const;
}

/** Returns the line of a received request. */
export function receivedLine(listened: Listened, mask: SecretMask): string {
  return asLine(receivedDocument(listened, mask));
}

/** Returns the JSON of a received request. */
export function receivedDocument(listened: Listened, mask: SecretMask) {
  const { type, request, provider, candidates, event, handshake, deliveryId, repeats, verdict, reason, answer } =
    listened;
  const { diagnosis, secretHeaders, secretParameters } = listened;
  const { number, at, remoteAddress, cut, method, url, headers } = request;
  const body = mask.inBytes(request.body);
  const shown = body.subarray(0, longestBody);
  const text = bodyText(shown, body.length > longestBody);
  const { request: _, ...why } = diagnosis ?? { request: null };
  return {
    schemaVersion,
    type,
    number,
    at: new Date(at).toISOString(),
    provider: provider?.name ?? null,
    candidates,
    event: event?.name ?? null,
    handshake,
    deliveryId: deliveryId === null ? null : mask.inText(deliveryId),
    repeats,
    verdict,
    reason: reason === null ? null : mask.inText(reason),
    request: {
      method,
      url: mask.inText(maskParameters(url, secretParameters)),
      remoteAddress,
      cut,
      headers: headers.map(([name, value]) => [
        name,
        secretHeaders.includes(name.toLowerCase()) ? formatMask(value) : mask.inText(value),
      ]),
      bytes: request.body.length,
      ...(text === null ? { bodyBase64: Buffer.from(shown).toString('base64') } : { body: text }),
      truncated: body.length > longestBody,
    },
    answer,
    diagnosis: diagnosis === null ? null : why,
  } as const;
}

/** The line of the verdict on a sender. */
export function senderLine(provider: string, rules: readonly SenderRule[], mask: SecretMask): string {
  return asLine(senderDocument(provider, rules, mask));
}

/** Returns the JSON of a sender's verdict. */
export function senderDocument(provider: string, rules: readonly SenderRule[], mask: SecretMask) {
  const ok = rules.every(({ ok: isRight }) => isRight !== false);
  const masked = rules.map((each) => ({ ...each, says: mask.inText(each.says) }));
  return { schemaVersion, type: 'sender', provider, ok, rules: masked } as const;
}

/** Returns the summary line. */
export function listenSummaryLine(ended: ListenEnded): string {
  return asLine(listenSummaryDocument(ended));
}

/** Returns the JSON of the summary. */
export function listenSummaryDocument(ended: ListenEnded) {
  return { schemaVersion, ...ended } as const;
}
