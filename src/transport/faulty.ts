import type { Socket } from 'node:net';
import { cutDeliberately, type Fault } from '../core/attempt.js';

/** Milliseconds between the pieces of a slow upload, and between looks at whether what was written is on its way. */
const pieceMs = 100;
const lookMs = 2;
/** Milliseconds in which the receiver can begin to process the half that it received. */
const beforeCutMs = 50;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A body as a fault sends it, piece by piece; `socket` is the connection that it goes by. */
export function createFaultyBody(
  body: Uint8Array,
  fault: Fault,
  socket: () => Socket | null,
): AsyncIterable<Uint8Array> {
  return fault.kind === 'cut-body' ? cut(body, socket) : slow(body, fault.durationMs);
}

/** The first half of a body, and an error, at which the connection is closed. */
async function* cut(body: Uint8Array, socket: () => Socket | null): AsyncGenerator<Uint8Array> {
  yield body.subarray(0, Math.floor(body.length / 2));
  while ((socket()?.writableLength ?? 0) > 0 && !socket()!.destroyed) await pause(lookMs);
  await pause(beforeCutMs);
  throw Object.assign(new Error('cut deliberately'), { code: cutDeliberately });
}

async function* slow(body: Uint8Array, durationMs: number): AsyncGenerator<Uint8Array> {
  const pauses = Math.max(1, Math.min(body.length - 1, Math.ceil(durationMs / pieceMs)));
  for (let piece = 0; piece <= pauses; piece++) {
    if (piece > 0) await pause(durationMs / pauses);
    const at = (share: number) => Math.floor((body.length * share) / (pauses + 1));
    yield body.subarray(at(piece), at(piece + 1));
  }
}
