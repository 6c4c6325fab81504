import type { SecretMask } from '../core/secretMask.js';

/** The last bytes of a program's output, all of it hostile text. */
export class LogTail {
  private readonly ring: Buffer;
  private written = 0;

  /** The secrets are those that are known when it is read. */
  constructor(
    private readonly limit: number,
    private readonly secrets: SecretMask,
  ) {
    this.ring = Buffer.alloc(limit);
  }

  add(chunk: Buffer): void {
    const tail = chunk.subarray(-this.limit);
    const at = (this.written + chunk.length - tail.length) % this.limit;
    const fitting = tail.copy(this.ring, at);
    tail.copy(this.ring, 0, fitting);
    this.written += chunk.length;
  }

  /** Returns the current position, for `since`. */
  mark(): number {
    return this.written;
  }

  /** Returns the output since a mark, without secrets; where its beginning is no longer kept, the first line says so. */
  since(mark: number): string {
    const { longest } = this.secrets;
    const oldest = Math.max(0, this.written - this.limit);
    // The rest of a secret whose beginning is gone could not be recognized.
    const whole = oldest === 0 ? 0 : oldest + longest;
    const from = Math.min(this.written, Math.max(mark, whole));
    const start = Math.max(oldest, from - longest);
    const bytes = this.bytesFrom(start);
    const parts: Buffer[] = [];
    let at = from - start;
    let cut = 0;
    // The rest of a character whose beginning is gone.
    while (cut < 3 && (bytes[at + cut]! & 0xc0) === 0x80) cut++;
    at += cut;
    for (const [begin, end] of this.secrets.rangesIn(bytes, true)) {
      if (end <= at) continue;
      parts.push(bytes.subarray(at, Math.max(at, begin)), Buffer.from('(secret)'));
      at = end;
    }
    parts.push(bytes.subarray(at));
    return (from > mark ? `[${from - mark} bytes before this are left out]\n` : '') + Buffer.concat(parts).toString();
  }

  private bytesFrom(start: number): Buffer {
    const at = start % this.limit;
    const length = this.written - start;
    const bytes = this.ring.subarray(at, at + length);
    return bytes.length === length ? bytes : Buffer.concat([bytes, this.ring.subarray(0, length - bytes.length)]);
  }
}
