/** Half of a character of UTF-16, in a text that has the other half nowhere at its side. */
interface HalfCharacter {
  /** As JSON and shells write it. */
  readonly escape: string;
  /** Its position, from 1. */
  readonly place: number;
}

/** Finds half of a surrogate pair without its other half; null where there is none. */
export function findHalfCharacter(text: string): HalfCharacter | null {
  const found = /\p{Cs}/u.exec(text);
  return found && { escape: `\\u${found[0].charCodeAt(0).toString(16)}`, place: found.index + 1 };
}

/** Remarks on a text that can't be written in UTF-8. */
export function halfNotes(text: string): string[] {
  const half = findHalfCharacter(text);
  if (!half) return [];
  return [
    `The body holds half of a character (${half.escape}, character ${half.place}), which UTF-8 does not have: U+FFFD stands in its place.`,
  ];
}

/** Remarks on the sign that programs put where they could not read a character. */
export function lostNotes(body: Uint8Array): string[] {
  const at = Buffer.from(body.buffer, body.byteOffset, body.byteLength).indexOf('\ufffd');
  if (at < 0) return [];
  return [
    `The body holds U+FFFD (byte ${at + 1}), the sign of a character that was lost. Where it was lost in copying or saving, the signature does not fit.`,
  ];
}
