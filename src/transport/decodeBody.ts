import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

/** A decoded body: as many bytes as the limit allows, or the reason why there are none. */
export type DecodedBody = { readonly bytes: Uint8Array; readonly isWhole: boolean } | { readonly problem: string };

/** More codings than this around one body are an attack. */
const maxCodings = 4;

type Decoder = (bytes: Uint8Array, isWhole: boolean) => Transform;

/** zstd came to Node's zlib with 22.15. */
const { createZstdDecompress } = zlib as unknown as { createZstdDecompress?: (options: object) => Transform };

const gunzip: Decoder = (_, isWhole) => zlib.createGunzip(isWhole ? {} : { finishFlush: zlib.constants.Z_SYNC_FLUSH });

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: (bytes, isWhole) => {
    const options = isWhole ? {} : { finishFlush: zlib.constants.Z_SYNC_FLUSH };
    return hasZlibHeader(bytes) ? zlib.createInflate(options) : zlib.createInflateRaw(options);
  },
  br: (_, isWhole) =>
    zlib.createBrotliDecompress(isWhole ? {} : { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  ...(createZstdDecompress && {
    // ZSTD_e_flush
    zstd: (_: Uint8Array, isWhole: boolean) => createZstdDecompress(isWhole ? {} : { finishFlush: 1 }),
  }),
};

/**
 * Takes the codings of `Content-Encoding` off a body, the last one first, and stops after `limit` bytes of each. A body that is not whole
 * is decoded as far as it goes.
 */
export async function decodeBody(
  encoded: Uint8Array,
  { contentEncoding, isWhole, limit }: { contentEncoding: string; isWhole: boolean; limit: number },
): Promise<DecodedBody> {
  const codings = contentEncoding.split(', ').reverse();
  if (codings.length > maxCodings)
    return { problem: `it has ${codings.length} codings, of which ${maxCodings} are read` };
  let body = { bytes: encoded, isWhole };
  for (const coding of codings) {
    const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
    if (!decoder) return { problem: unknownCoding(coding) };
    const decoded = await run(decoder(body.bytes, body.isWhole), body.bytes, limit);
    if (decoded === 'cut') return { problem: `it is no whole ${coding}, though its Content-Encoding says so` };
    if (decoded === 'broken') return { problem: `it is not ${coding}, though its Content-Encoding says so` };
    body = { bytes: decoded.bytes, isWhole: body.isWhole && decoded.isWhole };
  }
  return body;
}

function unknownCoding(coding: string): string {
  if (coding === 'zstd') return 'this version of Node does not read zstd; Node 22.15 does';
  return `its Content-Encoding is none of ${Object.keys(decoders).join(', ')}`;
}

/** Returns whether `deflate` is in its zlib wrapping, as it ought to be; some servers send the bare data (RFC 9110, 8.4.1.2). */
function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

/** The code of all decoders but that of zstd for data that ends too early. */
const endCode = 'Z_BUF_ERROR';

function run(
  decoder: Transform,
  encoded: Uint8Array,
  limit: number,
): Promise<{ bytes: Uint8Array; isWhole: boolean } | 'broken' | 'cut'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (isWhole: boolean) => {
      decoder.destroy();
      resolve({ bytes: Buffer.concat(chunks).subarray(0, limit), isWhole });
    };
    decoder.on('data', (chunk: Buffer) => {
      if (length > limit) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) end(false);
    });
    decoder.on('end', () => end(true));
    decoder.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === endCode ? 'cut' : 'broken'));
    decoder.end(encoded);
  });
}
