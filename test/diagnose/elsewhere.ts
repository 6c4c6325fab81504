import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python as runPython } from '../support/python.js';

/** A folder for what openssl reads from files. */
const folder = mkdtempSync(join(tmpdir(), 'webhook-sim elsewhere '));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

let files = 0;

function file(content: string | Uint8Array): string {
  const path = join(folder, String(files++));
  writeFileSync(path, content);
  return path;
}

/** Returns the standard output of openssl. */
export function openssl(args: readonly string[], input: string | Uint8Array = ''): Buffer {
  return execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] });
}

/** A private key in PEM that openssl makes, and its public half. */
export function keyPair(...algorithm: readonly string[]): { readonly secret: string; readonly half: string } {
  const secret = openssl(['genpkey', '-algorithm', ...algorithm]).toString();
  return { secret, half: openssl(['pkey', '-pubout'], secret).toString() };
}

export const ecKey = () => keyPair('EC', '-pkeyopt', 'ec_paramgen_curve:P-256');

/** The signature of some bytes by a private key: raw for Ed25519, else of a hash; `options` are openssl's own. */
export function signedBy(secret: string, content: string | Uint8Array, ...options: readonly string[]): Buffer {
  const key = file(secret);
  return options.length === 0
    ? openssl(['pkeyutl', '-sign', '-rawin', '-inkey', key, '-in', file(content)])
    : openssl(['dgst', ...options, '-sign', key, file(content)]);
}

/** Returns the output of a Python script with these texts in `sys.argv`. */
export function python(script: string, ...args: readonly string[]): string {
  return runPython(`import sys,hmac,hashlib,base64,json,urllib.parse\n${script}`, args).toString().replace(/\n$/, '');
}

/** Base64 of Python's HMAC of a text. */
export function pythonHmac(hash: string, hexKey: string, content: string): string {
  const script =
    'print(base64.b64encode(hmac.new(bytes.fromhex(sys.argv[2]), sys.argv[3].encode(), sys.argv[1]).digest()).decode())';
  return python(script, hash, hexKey, content);
}

/** The two numbers of an ECDSA signature in DER, one after the other, by Python. */
export function numbersOf(der: Uint8Array): Buffer {
  const script = `d=bytes.fromhex(sys.argv[1])
n=d[3]; r=d[4:4+n]; s=d[6+n:]
print((r.lstrip(b'\\0').rjust(32,b'\\0')+s.lstrip(b'\\0').rjust(32,b'\\0')).hex())`;
  return Buffer.from(python(script, Buffer.from(der).toString('hex')), 'hex');
}

/** The first two parts of a token, by Python. */
export function tokenStart(header: object, claims: object): string {
  const script =
    "print('.'.join(base64.urlsafe_b64encode(text.encode()).decode().rstrip('=') for text in sys.argv[1:]))";
  return python(script, JSON.stringify(header), JSON.stringify(claims));
}
