import {
  brotliDecompressSync,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import { type BodyHypothesis, captureAdvice, hashRaw, possibleVariants } from './bodyFacts.js';

/** The maximum size of a decompressed body; more is no webhook. */
const limit = { maxOutputLength: 16 << 20 };
/** The byte of a gzip head that names the system: Unix, none, Windows, as the usual tools write it. */
const systems = [3, 255, 10, 11, 0];

function withSystem(zipped: Buffer, system: number): Buffer {
  zipped[9] = system;
  return zipped;
}

/** The body compressed, and decompressed. */
export const bodyCompression: readonly BodyHypothesis[] = [
  {
    name: 'body-decompressed',
    title: 'the body after decompression ({detail})',
    change: {
      signature: captureAdvice('it is still compressed (see Content-Encoding). Decompress it, then verify.'),
      computed: hashRaw('Your receiver decompresses the body ({detail}) before it hashes it.'),
    },
    variants: ({ bytes }) =>
      possibleVariants([
        [() => gunzipSync(bytes, limit), 'gzip'],
        [() => inflateSync(bytes, limit), 'deflate'],
        ...(bytes.length > 0 && bytes[0] !== 0x7b && bytes[0] !== 0x5b
          ? ([
              [() => brotliDecompressSync(bytes, limit), 'br'],
              [() => inflateRawSync(bytes, limit), 'raw deflate'],
            ] as const)
          : []),
      ]),
  },
  {
    name: 'body-compressed',
    title: 'the compressed body ({detail})',
    alone: true,
    change: {
      signature: captureAdvice('it was compressed when it was signed, and your server or proxy decompressed it.'),
      computed: hashRaw(
        'Your receiver hashes the compressed body ({detail}); the provider signs it before compression.',
      ),
    },
    variants: ({ bytes }) =>
      possibleVariants([
        ...systems.map((system) => [() => withSystem(gzipSync(bytes), system), 'gzip'] as const),
        ...[9, 1].map((level) => [() => withSystem(gzipSync(bytes, { level }), 255), `gzip -${level}`] as const),
        [() => deflateSync(bytes), 'deflate'],
        [() => deflateRawSync(bytes), 'raw deflate'],
      ]),
  },
];
