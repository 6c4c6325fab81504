import type { ReceivedResponse } from '../core/attempt.js';
import { keepLimit, readLimit } from './answer.js';
import type { Exchanged } from './exchange.js';

/** The answer with its body decoded, where it was encoded and can be decoded. */
export async function decodeResponse(exchanged: Exchanged): Promise<Exchanged> {
  const { response, error } = exchanged;
  if (response?.contentEncoding === undefined) return exchanged;
  return { ...exchanged, response: await decoded(response, response.contentEncoding, error === null) };
}

async function decoded(
  response: ReceivedResponse,
  contentEncoding: string,
  isComplete: boolean,
): Promise<ReceivedResponse> {
  const { bytes, body: encoded } = response;
  const encodedBody = encoded.subarray(0, keepLimit);
  // What has no body, such as an answer to HEAD, has none in any coding.
  if (bytes === 0) return { ...response, decodedBytes: 0, encodedBody };
  const { decodeBody } = await import('./decodeBody.js');
  const isWhole = isComplete && bytes < readLimit;
  const result = await decodeBody(encoded, { contentEncoding, isWhole, limit: readLimit });
  if ('problem' in result) {
    const truncated = response.truncated || bytes > keepLimit;
    return {
      ...response,
      body: encodedBody,
      truncated,
      decodedBytes: null,
      encodedBody,
      decodingProblem: result.problem,
    };
  }
  return {
    ...response,
    body: result.bytes.subarray(0, keepLimit),
    truncated: bytes === readLimit || !result.isWhole || result.bytes.length > keepLimit,
    decodedBytes: result.bytes.length,
    encodedBody,
  };
}
