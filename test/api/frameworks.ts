import { createServer } from 'node:http';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
// @ts-expect-error: its types are a package of their own
import Koa from 'koa';
import type { DeliverOptions } from '../../src/api/deliver.js';
import type { Handler } from '../../src/api/inProcess/handler.js';
import { isGenuine } from './proof.js';

/** A correct receiver of Scalev's webhooks in one form of handler; answers 200 with what arrived, or 401. */
export interface Framework {
  readonly name: string;
  readonly handler: () => Handler;
  readonly options?: DeliverOptions;
  /** Whether the form carries the letter case of header names. */
  readonly keepsCase: boolean;
}

const header = 'x-scalev-hmac-sha256';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly names: readonly string[];
  readonly body: string;
}

const seen = (facts: Seen) => JSON.stringify(facts);
const names = (raw: readonly string[]) => raw.filter((_, at) => at % 2 === 0);

function fetches(request: Request): Promise<Response> {
  return request.arrayBuffer().then((bytes) => {
    const body = Buffer.from(bytes);
    if (!isGenuine(request.headers.get(header), body)) return new Response('Invalid signature', { status: 401 });
    const { method, url } = request;
    return new Response(
      seen({ method, url: new URL(url).pathname, names: [...request.headers.keys()], body: body.toString() }),
    );
  });
}

async function listens(
  request: import('node:http').IncomingMessage,
  response: import('node:http').ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const isTrue = isGenuine(String(request.headers[header]), body);
  const { method = '', url = '', rawHeaders } = request;
  response.statusCode = isTrue ? 200 : 401;
  response.end(isTrue ? seen({ method, url, names: names(rawHeaders), body: body.toString() }) : 'Invalid signature');
}

function expressApp(): Handler {
  const app = express();
  app.post('/hooks', express.raw({ type: () => true }), (request, response) => {
    if (!isGenuine(request.get(header), request.body)) return void response.status(401).send('Invalid signature');
    const { method, url, rawHeaders, body } = request;
    response.send(seen({ method, url, names: names(rawHeaders), body: body.toString() }));
  });
  return app;
}

function fastifyApp(): Handler {
  const app = Fastify();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/hooks', async ({ raw, headers, body }, reply) => {
    if (!isGenuine(String(headers[header]), body as Buffer)) return reply.code(401).send('Invalid signature');
    return seen({ method: raw.method!, url: raw.url!, names: names(raw.rawHeaders), body: String(body) });
  });
  return app;
}

function koaApp() {
  const app = new Koa();
  app.use(async ({ req, res }: { req: Parameters<typeof listens>[0]; res: Parameters<typeof listens>[1] }) => {
    await listens(req, res);
  });
  return app;
}

function honoApp(): Handler {
  const app = new Hono();
  app.post('/hooks', ({ req }) => fetches(req.raw));
  return app;
}

interface LambdaEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body?: string | null;
  readonly isBase64Encoded: boolean;
  readonly httpMethod: string;
  readonly path: string;
  readonly rawPath: string;
  readonly requestContext: { readonly http?: { readonly method: string } };
}

async function lambda(event: LambdaEvent) {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  // `headers` holds the last of several only.
  const all = Object.entries(event.multiValueHeaders ?? event.headers);
  const signature = all.find(([name]) => name.toLowerCase() === header)?.[1];
  if (!isGenuine([signature].flat().join(), body)) return { statusCode: 401, body: 'Invalid signature' };
  const request = {
    method: event.requestContext.http?.method ?? event.httpMethod,
    url: event.rawPath ?? event.path,
    names: Object.keys(event.headers),
    body: body.toString(),
  };
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: seen(request) };
}

/** Each kind of handler, with its real framework where it has one. */
export const frameworks: readonly Framework[] = [
  { name: 'a Fetch handler', handler: () => fetches, keepsCase: false },
  {
    name: 'a route that takes more than the request',
    handler: () => ((request: Request, _context: unknown) => fetches(request)) as Handler,
    options: { as: 'fetch', args: [{ params: {} }] },
    keepsCase: false,
  },
  { name: 'an object with fetch', handler: () => ({ fetch: fetches }), keepsCase: false },
  { name: 'Hono', handler: honoApp, keepsCase: false },
  { name: 'a Node listener', handler: () => listens, keepsCase: true },
  { name: 'a Node server', handler: () => createServer(listens), keepsCase: true },
  { name: 'Express', handler: expressApp, keepsCase: true },
  { name: 'Fastify', handler: fastifyApp, keepsCase: true },
  { name: 'Koa', handler: () => koaApp() as Handler, keepsCase: true },
  { name: "Koa's callback", handler: () => koaApp().callback() as Handler, keepsCase: true },
  { name: 'AWS Lambda, version 1', handler: () => lambda, options: { as: 'lambda-v1' }, keepsCase: true },
  { name: 'AWS Lambda, version 2', handler: () => lambda, options: { as: 'lambda-v2' }, keepsCase: false },
  {
    name: 'AWS Lambda with base64',
    handler: () => lambda,
    options: { as: 'lambda-v2', base64: true },
    keepsCase: false,
  },
  { name: 'Netlify', handler: () => lambda, options: { as: 'netlify' }, keepsCase: false },
];
