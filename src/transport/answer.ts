import type { ReceivedResponse } from '../core/attempt.js';
import type { Header } from '../core/delivery.js';

/** Characters that are looked at; no codings that can be taken off have as many. */
const longest = 100;

/** Bytes of an answer's body that are read, and that are kept; where it is encoded both count decoded bytes as well. */
export const readLimit = 1024 * 1024;
export const keepLimit = 64 * 1024;

/** An answer as it comes in: its head, and as much of its body as the limits allow. */
export class Answer {
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;
  private bytes = 0;
  private readonly headers: Header[];
  private readonly contentEncoding: string | null;
  private readonly limit: number;

  constructor(
    readonly status: number,
    rawHeaders: readonly Buffer[],
  ) {
    this.headers = pairs(rawHeaders);
    this.contentEncoding = contentEncodingOf(this.headers);
    this.limit = this.contentEncoding === null ? keepLimit : readLimit;
  }

  /** Takes a piece of the body; false once no more will be read. */
  add(chunk: Buffer): boolean {
    const room = this.limit - this.keptBytes;
    if (room > 0) {
      this.kept.push(Buffer.from(chunk.subarray(0, room)));
      this.keptBytes += Math.min(room, chunk.length);
    }
    this.bytes = Math.min(readLimit, this.bytes + chunk.length);
    return this.bytes < readLimit;
  }

  /** Returns the answer; an encoded body is returned as it was read, to be decoded (`decodeResponse`). */
  response(): ReceivedResponse {
    return {
      headers: this.headers,
      bytes: this.bytes,
      body: this.kept.length === 1 ? this.kept[0]! : Buffer.concat(this.kept),
      truncated: this.bytes > this.keptBytes || this.bytes === readLimit,
      ...(this.contentEncoding !== null && { contentEncoding: this.contentEncoding }),
    };
  }
}

function pairs(raw: readonly Buffer[]): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    headers.push([raw[i]!.toString('latin1'), raw[i + 1]!.toString('latin1')]);
  }
  return headers;
}

/** The codings of an answer's body in the order in which they were applied, as `gzip` or `gzip, br`; null where there is none. */
function contentEncodingOf(headers: readonly Header[]): string | null {
  const values = headers.filter(([name]) => name.toLowerCase() === 'content-encoding').map(([, value]) => value);
  const codings = values.flatMap((value) => value.toLowerCase().split(','));
  const applied = codings.map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
  return applied.length === 0 ? null : applied.join(', ').slice(0, longest);
}
