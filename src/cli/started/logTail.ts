/** The last bytes of what a program writes; all of it is hostile text. */
export class LogTail {
  private readonly ring: Buffer;
  private written = 0;

  constructor(private readonly limit: number) {
    this.ring = Buffer.alloc(limit);
  }

  add(chunk: Buffer): void {
    const tail = chunk.subarray(-this.limit);
    const at = (this.written + chunk.length - tail.length) % this.limit;
    const fitting = tail.copy(this.ring, at);
    tail.copy(this.ring, 0, fitting);
    this.written += chunk.length;
  }

  /** Where it stands, to be given to `since` later. */
  mark(): number {
    return this.written;
  }

  /** What was written since a mark; where its beginning is no longer there, the first line says so. */
  since(mark: number): string {
    const from = Math.max(mark, this.written - this.limit);
    const at = from % this.limit;
    const length = this.written - from;
    let bytes = this.ring.subarray(at, at + length);
    if (bytes.length < length) bytes = Buffer.concat([bytes, this.ring.subarray(0, length - bytes.length)]);
    let cut = 0;
    // The rest of a character whose beginning is gone.
    while (cut < 3 && (bytes[cut]! & 0xc0) === 0x80) cut++;
    return (from > mark ? `[${from - mark} bytes before this are left out]\n` : '') + bytes.toString('utf8', cut);
  }
}
