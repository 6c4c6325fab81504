import type { Delivery, Header } from '../../core/delivery.js';
import { findHeader } from '../../core/headers.js';

/** The forms in which gateways hand a request to a function. */
export type LambdaKind = 'lambda-v1' | 'lambda-v2' | 'netlify';

/** What an event tells beside its delivery. */
export interface EventFacts {
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
export function lambdaEvent(kind: LambdaKind, delivery: Delivery, facts: EventFacts): object {
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
