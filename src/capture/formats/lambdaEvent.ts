import { findHeader, type Header } from '../../core/delivery.js';
import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import type { DocumentPart, PartReader } from '../captureInput.js';
import { scalarText } from '../scalarText.js';
import { addQuery } from './plainRequest.js';

/**
 * The event of a function: of AWS behind API Gateway (payload formats 1.0 and 2.0), a function URL or a load balancer, and of Netlify, which
 * has the form of 1.0 (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export const readLambdaEvent: PartReader = ({ value }, input) => {
  const context = (value.requestContext ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const isSecond = typeof value.rawPath === 'string' && typeof context.http?.method === 'string';
  const isFirst =
    typeof value.httpMethod === 'string' && (isObject(value.headers) || isObject(value.multiValueHeaders));
  if (!isSecond && !isFirst) return null;
  const headers = isSecond ? secondHeaders(value) : firstHeaders(value);
  const { body, isBase64Encoded } = value;
  const content: CapturedBody =
    typeof body !== 'string' ? null : isBase64Encoded === true ? { base64: body } : { text: body };
  const target = isSecond
    ? addQuery(value.rawPath, value.rawQueryString)
    : addQuery(context.path ?? value.path, value.rawQuery ?? queryOf(value));
  const url = typeof value.rawUrl === 'string' ? value.rawUrl : buildAddress(target ?? '/', headers, context);
  const at = context.timeEpoch ?? context.requestTimeEpoch;
  return [
    buildItem({ method: isSecond ? context.http!.method : value.httpMethod, url, headers, body: content, at }, input),
  ];
};

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** Returns the headers with all their values: those that came more than once are complete in `multiValueHeaders` only. */
function firstHeaders({ headers, multiValueHeaders }: DocumentPart['value']): Header[] {
  const many = headersFrom(multiValueHeaders);
  return many.length > 0 ? many : headersFrom(headers);
}

function secondHeaders({ headers, cookies }: DocumentPart['value']): Header[] {
  const found = headersFrom(headers);
  const isCookie = Array.isArray(cookies) && cookies.length > 0 && findHeader(found, 'cookie') === undefined;
  return isCookie ? [...found, ['cookie', cookies.map(scalarText).join('; ')]] : found;
}

function queryOf({ queryStringParameters, multiValueQueryStringParameters }: DocumentPart['value']): unknown {
  return multiValueQueryStringParameters ?? queryStringParameters;
}

/** The address that the caller used: gateways in front of a function take HTTPS only, unlike a load balancer. */
function buildAddress(target: string, headers: readonly Header[], { domainName }: Record<string, unknown>): string {
  const host = findHeader(headers, 'host') ?? (typeof domainName === 'string' ? domainName : undefined);
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host)) return target;
  const scheme = findHeader(headers, 'x-forwarded-proto') === 'http' ? 'http' : 'https';
  return `${scheme}://${host}${target}`;
}
