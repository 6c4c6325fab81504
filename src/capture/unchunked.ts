/** The body of chunked transfer coding; undefined where the bytes are not chunks. */
export function unchunked(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf(10, at);
    if (line < 0 || line - at > 1024) return undefined;
    const size = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?\r?$/.exec(bytes.toString('latin1', at, line))?.[1];
    if (size === undefined) return undefined;
    const start = line + 1;
    const end = start + Number.parseInt(size, 16);
    if (end === start) return Buffer.concat(parts);
    if (end > bytes.length) return undefined;
    parts.push(bytes.subarray(start, end));
    at = bytes[end] === 13 ? end + 2 : end + 1;
  }
}
