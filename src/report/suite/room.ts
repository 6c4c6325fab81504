/** Texts that have to fit into a number of bytes; what no longer fits is counted. */
export class Room {
  readonly texts: string[] = [];
  /** How many did not fit. */
  left = 0;

  constructor(private bytes: number) {}

  /** A text that comes after the first that did not fit is not even made. */
  add(make: () => string): void {
    const text = this.left > 0 ? null : make();
    if (text === null || Buffer.byteLength(text) > this.bytes) {
      this.left++;
      return;
    }
    this.bytes -= Buffer.byteLength(text);
    this.texts.push(text);
  }
}
