/** The matches of all patterns, in order and without overlaps, and a possible partial match at the end. */
export interface ByteMatches {
  /** Pairs of a start and an end. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  /** The number of bytes at the end that may begin a pattern. */
  readonly begun: number;
}

/** The mark with which tools shorten a text: UTF-8 of `…`. */
const cutMark = [0xe2, 0x80, 0xa6] as const;

/**
 * Finds all of many patterns in one pass (Aho and Corasick, 1975, as a table), so that the time grows with the bytes and not with the
 * patterns.
 */
export class ByteMatcher {
  /** The class of each byte: 0 for those of no pattern. */
  private readonly classes = new Uint8Array(256);
  private readonly width: number;
  private readonly next: Int32Array;
  /** Bytes from the root to each state. */
  private readonly depth: Int32Array;
  /** Bytes of the longest pattern that ends in each state; 0 for none. */
  private readonly ends: Int32Array;

  /** No pattern is empty. `shortestBeginning` is what counts as one before a cut. */
  constructor(
    patterns: readonly Uint8Array[],
    private readonly shortestBeginning: number,
  ) {
    let width = 1;
    for (const pattern of patterns) {
      for (const byte of pattern) if (this.classes[byte] === 0) this.classes[byte] = width++;
    }
    this.width = width;
    const most = patterns.reduce((sum, { length }) => sum + length, 1);
    this.next = new Int32Array(most * width);
    this.depth = new Int32Array(most);
    this.ends = new Int32Array(most);
    const states = this.addAll(patterns);
    this.connect(states);
  }

  /** The patterns in some bytes; before the mark of a cut, beginnings of them as well. */
  find(bytes: Uint8Array): ByteMatches {
    const { classes, width, next, depth, ends } = this;
    const ranges: [number, number][] = [];
    const add = (from: number, end: number) => {
      let start = from;
      while (ranges.length > 0 && ranges.at(-1)![1] >= start) start = Math.min(start, ranges.pop()![0]);
      ranges.push([start, end]);
    };
    let state = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === cutMark[0] && depth[state]! >= this.shortestBeginning && isCut(bytes, at)) {
        add(at - depth[state]!, at);
      }
      state = next[state * width + classes[byte]!]!;
      if (ends[state]! > 0) add(at + 1 - ends[state]!, at + 1);
    }
    return { ranges, begun: depth[state]! };
  }

  private addAll(patterns: readonly Uint8Array[]): number {
    let states = 1;
    for (const pattern of patterns) {
      let state = 0;
      for (const byte of pattern) {
        const edge = state * this.width + this.classes[byte]!;
        if (this.next[edge] === 0) {
          this.depth[states] = this.depth[state]! + 1;
          this.next[edge] = states++;
        }
        state = this.next[edge]!;
      }
      this.ends[state] = pattern.length;
    }
    return states;
  }

  /** Sets the transition of each state for the bytes that continue no pattern: to the longest prefix that still fits. */
  private connect(states: number): void {
    const { width, next, ends } = this;
    const fallback = new Int32Array(states);
    const queue = new Int32Array(states);
    let filled = 0;
    for (let column = 1; column < width; column++) if (next[column]! > 0) queue[filled++] = next[column]!;
    for (let at = 0; at < filled; at++) {
      const state = queue[at]!;
      const other = fallback[state]!;
      if (ends[state] === 0) ends[state] = ends[other]!;
      for (let column = 1; column < width; column++) {
        const edge = state * width + column;
        const target = next[edge]!;
        const shortcut = next[other * width + column]!;
        if (target === 0) next[edge] = shortcut;
        else {
          fallback[target] = shortcut;
          queue[filled++] = target;
        }
      }
    }
  }
}

function isCut(bytes: Uint8Array, at: number): boolean {
  return cutMark.every((byte, offset) => bytes[at + offset] === byte);
}
