import { type Delivery, findHeader, type Header } from '../../core/delivery.js';
import type { Answered, Call } from './callTransport.js';

/** The forms in which gateways hand a request to a function. */
type LambdaKind = 'lambda-v1' | 'lambda-v2' | 'netlify';

/** The parts of a Lambda event besides its delivery. */
interface EventFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the body is in base64; by default where the form or the bytes ask for it. */
  readonly base64?: boolean | undefined;
}

/**
 * The event that a function gets for a delivery: of API Gateway's REST APIs (`lambda-v1`) and HTTP APIs and function URLs (`lambda-v2`), or
 * of Netlify. Version 1 keeps the letter case of header names; the others have them in lower case, as these platforms do.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * https://docs.netlify.com/build/functions/lambda-compatibility/
 */
function lambdaEvent(kind: LambdaKind, delivery: Delivery, facts: EventFacts): object {
  const url = new URL(delivery.url);
  const host: Header[] = delivery.headers.some(([name]) => name.toLowerCase() === 'host') ? [] : [['Host', url.host]];
  const headers = [...host, ...delivery.headers];
  return kind === 'lambda-v2' ? version2(url, delivery, headers, facts) : version1(kind, url, delivery, headers, facts);
}

function version1(
  kind: LambdaKind,
  url: URL,
  { id, method, body }: Delivery,
  headers: readonly Header[],
  { now, base64 }: EventFacts,
): object {
  const shown = kind === 'netlify' ? headers.map(([name, value]): Header => [name.toLowerCase(), value]) : headers;
  const isBase64Encoded = base64 ?? !isText(body);
  const queries = [...url.searchParams];
  return {
    resource: '/{proxy+}',
    path: url.pathname,
    httpMethod: method,
    headers: Object.fromEntries(shown),
    multiValueHeaders: lists(shown),
    queryStringParameters: queries.length > 0 ? Object.fromEntries(queries) : null,
    multiValueQueryStringParameters: queries.length > 0 ? lists(queries) : null,
    pathParameters: { proxy: url.pathname.slice(1) },
    stageVariables: null,
    requestContext: {
      requestId: id,
      httpMethod: method,
      path: url.pathname,
      protocol: 'HTTP/1.1',
      resourcePath: '/{proxy+}',
      stage: 'default',
      requestTimeEpoch: now,
      identity: { sourceIp: '127.0.0.1', userAgent: findHeader(headers, 'user-agent') ?? null },
    },
    ...(kind === 'netlify' && { rawUrl: url.href, rawQuery: url.search.slice(1) }),
    body: body.length > 0 ? bodyText(body, isBase64Encoded) : null,
    isBase64Encoded,
  };
}

/** The media types that HTTP APIs hand over as text; all else is in base64. */
const textType = /^(text\/|application\/(json|javascript|xml|.+\+(json|xml))\b)/i;

function version2(
  url: URL,
  { id, method, body }: Delivery,
  headers: readonly Header[],
  { now, base64 }: EventFacts,
): object {
  const isBase64Encoded = base64 ?? !(textType.test(findHeader(headers, 'content-type') ?? '') && isText(body));
  const queries = [...url.searchParams];
  const joined = (pairs: readonly Header[]) =>
    Object.fromEntries(Object.entries(lists(pairs)).map(([name, values]) => [name, values.join(',')]));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: joined(headers.map(([name, value]) => [name.toLowerCase(), value])),
    ...(queries.length > 0 && { queryStringParameters: joined(queries) }),
    requestContext: {
      requestId: id,
      routeKey: '$default',
      stage: '$default',
      domainName: url.hostname,
      timeEpoch: now,
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: findHeader(headers, 'user-agent') ?? '',
      },
    },
    ...(body.length > 0 && { body: bodyText(body, isBase64Encoded) }),
    isBase64Encoded,
  };
}

function bodyText(body: Uint8Array, isBase64Encoded: boolean): string {
  return Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8');
}

function isText(body: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}

function lists(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
}

// biome-ignore lint/suspicious/noExplicitAny: each platform has its own types for what its functions take
type LambdaFunction = (event: any, context: any, callback?: any) => unknown;

/** The options by which a function is called. */
export interface LambdaCallOptions {
  readonly kind: LambdaKind;
  readonly base64?: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Calls a function with the event of its platform; one that declares a third parameter may answer by callback. */
export function lambdaCall(handler: LambdaFunction, { kind, base64, now }: LambdaCallOptions): Call {
  return (delivery, { timeLimitMs }) => {
    const event = lambdaEvent(kind, delivery, { now: now(), base64 });
    const endsAt = now() + timeLimitMs;
    const context = {
      awsRequestId: delivery.id,
      functionName: 'webhook-sim',
      functionVersion: '$LATEST',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, endsAt - now()),
    };
    return async () => answeredBy(await result(handler, event, context), kind);
  };
}

function result(handler: LambdaFunction, event: object, context: object): unknown {
  if (handler.length < 3) return handler(event, context);
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error: unknown, value: unknown) =>
      error ? reject(error) : resolve(value),
    );
    if (isObject(returned) && typeof returned.then === 'function') resolve(returned);
  });
}

/** Returns the response that a gateway makes of a function's result; version 2 takes any JSON for the body of a 200. */
function answeredBy(value: unknown, kind: LambdaKind): Answered | null {
  if (!isObject(value) || value.statusCode === undefined) {
    if (kind !== 'lambda-v2' || value === undefined) return null;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { status: 200, headers: [['content-type', 'application/json']], body: [Buffer.from(text)] };
  }
  const { statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded } = value;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return null;
  const multiple = isObject(multiValueHeaders) ? multiValueHeaders : {};
  const single = Object.entries(isObject(headers) ? headers : {}).filter(([name]) => !(name in multiple));
  const setCookies = Array.isArray(cookies) ? cookies : [];
  return {
    status,
    headers: [
      ...single.map(([name, text]): Header => [name, String(text)]),
      ...Object.entries(multiple).flatMap(([name, texts]) =>
        [texts].flat().map((text): Header => [name, String(text)]),
      ),
      ...setCookies.map((text): Header => ['set-cookie', String(text)]),
    ],
    body: typeof body === 'string' ? [Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')] : [],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
