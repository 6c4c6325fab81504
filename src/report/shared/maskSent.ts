import type { Attempt, ReceivedResponse } from '../../core/attempt.js';
import type { Delivery, Header } from '../../core/delivery.js';
import type { SecretMask } from '../../core/secretMask.js';
import { maskParameters } from '../../core/secretParameters.js';
import { rememberFacts } from './requestFacts.js';

/** The mask of secrets in texts and bytes. */
export type Mask = Pick<SecretMask, 'inBytes' | 'inText' | 'isIn'>;

/**
 * Returns a delivery with its secrets masked, whose headers that hold one are marked as secret; the same object where only marked headers hold one.
 */
export function maskDelivery(delivery: Delivery, mask: Mask): Delivery {
  const names = isInHeaders(delivery.headers, mask) ? namesOfSecret(delivery, mask) : [];
  const url = maskUrl(maskParameters(delivery.url, delivery.secretParameters), mask);
  const body = mask.inBytes(delivery.body);
  if (names.length === 0 && url === delivery.url && body === delivery.body) return delivery;
  const masked = { ...delivery, url, body, secretHeaders: [...delivery.secretHeaders, ...new Set(names)] };
  rememberFacts(masked, delivery);
  return masked;
}

/** An attempt without the secrets in the result; the same where it has none. */
export function maskAttempt(attempt: Attempt, mask: Mask): Attempt {
  const response = attempt.response && maskResponse(attempt.response, mask);
  const error = attempt.error && maskMessage(attempt.error, mask);
  const warnings = attempt.warnings?.map((warning) => maskMessage(warning, mask));
  const isSame =
    response === attempt.response &&
    error === attempt.error &&
    (warnings ?? []).every((warning, at) => warning === attempt.warnings![at]);
  return isSame ? attempt : { ...attempt, response, error, ...(warnings && { warnings }) };
}

/** A URL without the secrets in it, but for its host: that is what it is, for what follows reads the URL. */
export function maskUrl(url: string, mask: Mask): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? url : url.slice(0, start) + mask.inText(url.slice(start));
}

/** Returns whether any name or value holds a secret; all are looked through at once. */
function isInHeaders(headers: readonly Header[], mask: Mask): boolean {
  let all = '';
  for (const [name, value] of headers) all += `${name}\n${value}\n`;
  return mask.isIn(Buffer.from(all, 'latin1'));
}

/** Returns the headers that hold a secret and are not marked. */
function namesOfSecret({ headers, secretHeaders }: Delivery, mask: Mask): string[] {
  const holding = headers.filter(([, value]) => mask.isIn(Buffer.from(value, 'latin1')));
  return holding.map(([name]) => name.toLowerCase()).filter((name) => !secretHeaders.includes(name));
}

function maskResponse(response: ReceivedResponse, mask: Mask): ReceivedResponse {
  const latin1 = (text: string) => {
    const bytes = Buffer.from(text, 'latin1');
    const masked = mask.inBytes(bytes);
    return masked === bytes ? text : Buffer.from(masked).toString('latin1');
  };
  const headers = isInHeaders(response.headers, mask)
    ? response.headers.map(([name, value]): Header => [latin1(name), latin1(value)])
    : response.headers;
  const body = mask.inBytes(response.body, response.truncated);
  const problem = response.decodingProblem;
  const decodingProblem = problem === undefined ? problem : mask.inText(problem);
  if (headers === response.headers && body === response.body && decodingProblem === problem) return response;
  const { encodedBody, contentEncoding, ...rest } = response;
  // A compressed body can't be masked.
  const isShown = encodedBody !== undefined && body === response.body;
  return {
    ...rest,
    headers,
    body,
    ...(contentEncoding !== undefined && { contentEncoding: maskCodings(contentEncoding, response.headers, headers) }),
    ...(isShown && { encodedBody }),
    ...(decodingProblem !== undefined && { decodingProblem }),
  };
}

/** The codings of a body, which are in lower case and hold a secret where their header does. */
function maskCodings(codings: string, headers: readonly Header[], masked: readonly Header[]): string {
  const isCoding = ([name]: Header) => name.toLowerCase() === 'content-encoding';
  const isSame = headers.every((header, at) => !isCoding(header) || header[1] === masked[at]![1]);
  return isSame ? codings : masked.flatMap((header) => (isCoding(header) ? [header[1]] : [])).join(', ');
}

function maskMessage<T extends { readonly message: string }>(holder: T, mask: Mask): T {
  const message = mask.inText(holder.message);
  return message === holder.message ? holder : { ...holder, message };
}
