import type { Header } from '../../core/delivery.js';
import type { Answered, Call } from './callCarrier.js';
import { type LambdaKind, lambdaEvent } from './lambdaEvent.js';

// biome-ignore lint/suspicious/noExplicitAny: each platform has its own types for what its functions take
type LambdaFunction = (event: any, context: any, callback?: any) => unknown;

/** How a function is called. */
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

/** What a gateway makes of a function's result; version 2 takes any JSON for the body of a 200. */
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
