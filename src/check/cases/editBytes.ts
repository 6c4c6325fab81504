/** Changes to the text of a JSON object that leave its members as they are written. */

/** With members added before its end. */
export function withMembers(body: Uint8Array, json: string): Uint8Array {
  const bytes = Buffer.from(body);
  const end = bytes.lastIndexOf('}');
  if (end < 0) return bytes;
  const comma = /\{\s*$/.test(bytes.subarray(0, end).toString('latin1')) ? '' : ',';
  return Buffer.concat([bytes.subarray(0, end), Buffer.from(comma + json), bytes.subarray(end)]);
}

/** Padded after its opening brace with spaces, which mean nothing and which no schema sees. */
export function withSpaces(body: Uint8Array, toBytes: number): Uint8Array {
  const bytes = Buffer.from(body);
  const missing = Math.max(0, toBytes - bytes.length);
  return Buffer.concat([bytes.subarray(0, 1), Buffer.alloc(missing, ' '), bytes.subarray(1)]);
}

/** Padded at its beginning with a long text, for verifiers that write the body again and lose spaces. */
export function withLongText(body: Uint8Array, toBytes: number): Uint8Array {
  const bytes = Buffer.from(body);
  const [before, after] = ['"webhooksimpadding":"', '",'];
  const missing = Math.max(0, toBytes - bytes.length - before.length - after.length);
  return Buffer.concat([bytes.subarray(0, 1), Buffer.from(before + 'x'.repeat(missing) + after), bytes.subarray(1)]);
}

/** The text that `withInvalidUtf8` looks for. */
export const invalidUtf8Marker = 'not UTF-8';

/** With bytes that no UTF-8 has behind the text that is to be invalid. */
export function withInvalidUtf8(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body);
  const at = bytes.indexOf(invalidUtf8Marker) + invalidUtf8Marker.length;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xc3, 0x28, 0xff]), bytes.subarray(at)]);
}

/** With its first member again if that is a text, and with another one twice and different. */
export function withDuplicate(body: Uint8Array): Uint8Array {
  const text = '"(?:[^"\\\\]|\\\\.)*"';
  const first = new RegExp(`^\\s*\\{\\s*(${text}\\s*:\\s*${text})`).exec(Buffer.from(body).toString('utf8'));
  return withMembers(body, `${first ? `${first[1]},` : ''}"webhook_sim":1,"webhook_sim":2`);
}

/** Returns whether the byte in the middle, at which chunked transfer divides a body, is inside of a character. */
export function isDividedInCharacter(body: Uint8Array): boolean {
  const byte = body[Math.ceil(body.length / 2)];
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
