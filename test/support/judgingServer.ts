import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ReceivedRequest } from '../../src/core/delivery.js';

/** A request as a receiver's verifier is given it. */
export interface Judged {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly text: string;
  header(name: string): string;
}

export interface JudgingServer {
  readonly url: string;
  /** The reason to reject each request, in order; null for one that was accepted. */
  readonly verdicts: (string | null)[];
  readonly received: ReceivedRequest[];
}

/**
 * A receiver on a free loopback port that asks `rejection` of each request and answers `accepted` where there is none (null),
 * else 401. Closed when the test ends.
 */
export async function judgingServer(
  rejection: (request: Judged) => Promise<string | null>,
  accepted = 200,
): Promise<JudgingServer> {
  const verdicts: (string | null)[] = [];
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { rawHeaders: raw } = incoming;
    const headers = raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1]!]] : []));
    received.push({ method: incoming.method!, url: `http://${incoming.headers.host}${incoming.url}`, headers, body });
    const header = (name: string) => String(incoming.headers[name] ?? '');
    const verdict = await rejection({ incoming, response, text: body.toString('utf8'), header });
    verdicts.push(verdict);
    response.writeHead(verdict === null ? accepted : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, verdicts, received };
}
