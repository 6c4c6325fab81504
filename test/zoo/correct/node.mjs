import { setTimeout as sleep } from 'node:timers/promises';
import { equal, sign } from '../proof.mjs';

const MiB = 1024 * 1024;

/** A receiver on plain node:http; what correct receivers do differently from each other is an option of it. */
export const node =
  ({
    accepted = 200,
    rejected = 401,
    limit = 2 * MiB,
    latencyMs = 0,
    healthy = false,
    matches = (signature, body, settings) => equal(signature, sign(body, settings)),
    statusOf = () => accepted,
  } = {}) =>
  (settings) =>
  async (request, response) => {
    const answer = (status) => response.writeHead(status).end();
    try {
      if (healthy && ['GET', 'HEAD'].includes(request.method)) return answer(200);
      if (request.method !== 'POST') return response.writeHead(405, { Allow: 'POST' }).end();
      const body = await read(request, limit);
      if (!body) return answer(413);
      await sleep(latencyMs);
      if (!matches(request.headers[settings.header.toLowerCase()], body, settings)) return answer(rejected);
      const event = parse(body);
      answer(event === undefined ? 400 : statusOf(event, request));
    } catch {
      // Whoever went away in the middle of a request needs no answer.
      response.destroy();
    }
  };

/** Reads all there is, for a sender that is cut off may miss the answer; null where it was too much. */
async function read(request, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : null;
}

function parse(body) {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

export const receivers = { node: node() };
