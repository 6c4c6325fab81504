import type { Header } from '../../core/delivery.js';
import { buildItem, type CapturedBody } from '../buildItem.js';
import { badCapture } from '../capture.js';
import type { PartReader } from '../captureInput.js';
import { scalarText } from '../scalarText.js';

/** The output of webhook-sim itself: lines of `--dry-run --json` and of the log, and vectors. */
export const readOwnLine: PartReader = ({ value }, input) => {
  const { type, request } = value;
  const isLine = (type === 'dry-run' || type === 'kept') && typeof request === 'object' && request !== null;
  if (!isLine && !isVector(value)) return null;
  const { method, headers, body, bodyBase64 } = (isLine ? request : value) as Record<string, unknown>;
  const { source, nameOf } = input;
  const pairs = Array.isArray(headers) ? headers : null;
  const content = (): CapturedBody => {
    if (typeof body === 'string') return { text: body };
    if (typeof bodyBase64 === 'string') return { base64: bodyBase64 };
    if (type === 'kept') {
      throw badCapture(
        source,
        'the body of this delivery was not kept: it is too long, or holds a secret. Send it again.',
      );
    }
    throw badCapture(source, 'its request has no headers or no body.');
  };
  const known = (pairs ?? []).filter((pair): pair is Header => isPair(pair));
  const masked = (pairs ?? [])
    .filter((pair) => !isPair(pair))
    .map((pair) => scalarText((pair as unknown[] | null)?.[0]));
  const notes =
    masked.length > 0
      ? [`The log keeps no secret values: ${masked.join(', ')} is left out. Give it with ${nameOf('header')}.`]
      : [];
  const item = buildItem(
    { method, url: value.publicUrl ?? value.url, headers: known, body: content, at: timeOf(value), notes },
    input,
  );
  return [
    {
      ...item,
      read: () => {
        if (!pairs) throw badCapture(source, 'its request has no headers or no body.');
        return item.read();
      },
    },
  ];
};

function isVector(value: Readonly<Record<string, unknown>>): boolean {
  return (
    Array.isArray(value.headers) && typeof value.valid === 'boolean' && typeof value.secretFingerprint === 'string'
  );
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === 'string');
}

/** Returns the time at which it was last sent, or made. */
function timeOf({ attempts, now }: Readonly<Record<string, unknown>>): unknown {
  return Array.isArray(attempts) ? (attempts.at(-1) as { startedAt?: unknown } | null)?.startedAt : now;
}
