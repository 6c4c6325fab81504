import { UsageError } from '../../core/errors.js';
import { excerpt } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import { payloadRequest, replacePayload } from '../../delivery/queryPayload.js';
import { parsedBody, writeBody } from '../../json/dialect.js';
import { findRepeatedKeyIn } from '../../json/repeatedKey.js';
import type { EditSample } from '../send/prepareSend.js';
import { type KeptRequest, keyOf } from './keptRequest.js';

/** A kept delivery with another payload, and notes about it. */
interface EditedRequest {
  readonly request: KeptRequest;
  readonly notes: readonly string[];
}

/** Returns the kept delivery with the payload as a person edits it. Throws a UsageError where the payload can't be read. */
export async function editKeptPayload(
  request: KeptRequest,
  provider: Provider,
  edit: EditSample,
): Promise<EditedRequest> {
  const { entry, body } = request;
  const payload = payloadRequest(provider, { url: entry.url, body });
  const sample = payload.body.length === 0 ? undefined : parsedBody(payload.body, provider);
  if (sample === undefined) {
    throw new UsageError(
      'BAD_DATA',
      `The body of ${keyOf(entry)} is not in the form in which ${provider.title} writes payloads, so it can't be edited.`,
    );
  }
  const { edited } = await edit({ provider, events: [entry.event], variant: entry.variant, edits: [], sample });
  const [written, before] = [edited ?? sample, sample].map((each) => writeBody(each, provider.dialect));
  // What was left as it is keeps its bytes, in whatever form they were sent.
  if (written!.equals(before!)) return { request, notes: [] };
  const changed = replacePayload(provider, { url: entry.url, body }, written!);
  const path = findRepeatedKeyIn(payload.body, provider.dialect);
  return {
    request: { ...request, entry: { ...entry, url: changed.url }, body: changed.body },
    notes:
      path === null
        ? []
        : [
            `The body of ${keyOf(entry)} has the key ${excerpt(path, 80)} twice. It is written again with the last one only.`,
          ],
  };
}
