import type { IncomingMessage } from 'node:http';
import { RequestProblem } from './requestProblem.js';

/** Bytes of a request's body. */
const maxBody = 8 * 1024 * 1024;

/** Reads the JSON object that a request carries. Throws a RequestProblem for anything else. */
export async function readJsonBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new RequestProblem(415, {
      code: 'NOT_JSON',
      message: 'What changes something has the type application/json.',
    });
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBody) {
      throw new RequestProblem(413, { code: 'LARGE_BODY', message: 'A request has at most 8 MiB.' });
    }
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new RequestProblem(400, { code: 'NOT_JSON', message: 'The body is no JSON.' });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new RequestProblem(400, { code: 'NOT_JSON', message: 'The body is no object.' });
}
