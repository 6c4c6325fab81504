/** Texts that have to fit into a number of bytes; what no longer fits is counted. */
export class Room {
  readonly texts: string[] = [];
  /** How many did not fit. */
  left = 0;

  constructor(private bytes: number) {}

  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.left > 0 || size > this.bytes) {
      this.left++;
      return;
    }
    this.bytes -= size;
    this.texts.push(text);
  }
}
