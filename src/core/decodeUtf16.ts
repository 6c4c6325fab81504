/** The text of bytes that are UTF-16, in either order, without its mark; null for bytes that are not. */
export function decodeUtf16(bytes: Uint8Array): string | null {
  const order = utf16Order(bytes);
  if (order === null) return null;
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (order === 'big' ? even.swap16() : even).toString('utf16le').replace(/^\ufeff/, '');
}

/** The order of bytes of UTF-16: as its mark says, or as its first characters do, which are of ASCII in all that is read here. */
function utf16Order(bytes: Uint8Array): 'little' | 'big' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big';
  if (bytes.length < 8) return null;
  const isAscii = (byte: number) => byte >= 9 && byte < 127;
  const first = [...bytes.subarray(0, 8)];
  if (first.every((byte, at) => (at % 2 === 0 ? isAscii(byte) : byte === 0))) return 'little';
  return first.every((byte, at) => (at % 2 === 1 ? isAscii(byte) : byte === 0)) ? 'big' : null;
}
