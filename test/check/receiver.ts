import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The signature header and encoding of a provider, from the provider's documents. */
export const facts = {
  scalev: ['x-scalev-hmac-sha256', 'base64'],
  bharatcart: ['x-webhook-signature', 'hex'],
  covver: ['covversignature', 'base64'],
  webconnex: ['x-webconnex-signature', 'hex'],
  commercelayer: ['x-commercelayer-signature', 'base64'],
} as const satisfies Record<string, readonly [header: string, encoding: 'hex' | 'base64']>;

export type ProviderName = keyof typeof facts;

export const secret = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** A request as a receiver has it before it judges. */
export interface ReceivedRequest {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly signature: string | undefined;
  readonly expected: string;
}

/** Answers a request with a status, or with nothing at all. */
export type Judge = (received: ReceivedRequest) => number | null | Promise<number | null>;

export const equal = (received: string | undefined, expected: string) =>
  received !== undefined &&
  received.length === expected.length &&
  timingSafeEqual(Buffer.from(received), Buffer.from(expected));

/** A correct receiver. */
export const correct: Judge = ({ request, body, signature, expected }) => {
  if (request.method !== 'POST') return 405;
  if (!equal(signature, expected)) return 401;
  return isJson(body) ? 200 : 400;
};

export function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

/** The body of a request; null of one that its sender cut off. */
async function readAll(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}

/** A receiver for a provider on a free port, closed when the test ends; resolves with its address. An error is a 500. */
export async function receiver(judge: Judge = correct, provider: ProviderName = 'scalev'): Promise<string> {
  const [header, encoding] = facts[provider];
  const server = createServer(async (request, response) => {
    const body = await readAll(request);
    if (body === null) return;
    const expected = createHmac('sha256', secret).update(body).digest(encoding);
    const signature = request.headers[header] as string | undefined;
    const status = await new Promise<number | null>((resolve) =>
      resolve(judge({ request, body, signature, expected })),
    ).catch(() => 500);
    if (status !== null) response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}
