import { join } from 'node:path';
import type { Provider } from '../../src/core/provider.js';
import type { CustomScheme } from '../../src/core/scheme.js';
import type { Secret } from '../../src/core/secret.js';
import { providerSchema } from '../../src/providers/schema.js';
import type { Captured } from '../support/capture.js';
import { scalev } from '../support/providers.js';
import { python } from '../support/python.js';

/** JSON with the keys of all objects in order, and without spaces. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join()}}`;
}

/** A scheme that no option can describe: an HMAC over sorted JSON, by WebCrypto and so asynchronous. */
export const byWebCrypto: CustomScheme = async ({ secret, method, url, event, body, values }) => {
  const { subtle } = globalThis.crypto;
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-512' };
  const key = await subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const content = [method, url, event, values.time, sorted(JSON.parse(new TextDecoder().decode(body)))].join('\n');
  const signature = new Uint8Array(await subtle.sign(algorithm, key, encoder.encode(content)));
  return [...signature].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** A provider whose signature a function makes, with the events and samples of one that is built in. */
export function acme(sign: CustomScheme = byWebCrypto, more: Partial<Provider> = {}): Provider {
  const described = {
    ...scalev,
    name: 'acme',
    title: 'Acme',
    samples: join(import.meta.dirname, '../../payloads/scalev/events'),
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Acme-Event', '{event}'],
      ['X-Acme-Id', '{id}'],
      ['X-Acme-Signature', { head: 't={time},', each: 'v1={proof}', join: ',' }],
    ],
    values: { time: { kind: 'time', format: 'unix-seconds' }, id: { kind: 'uuid4' } },
    signatures: { proof: { scheme: 'custom', sign } },
    ...more,
  };
  return providerSchema.parse(described) as Provider;
}

export const secretOf = (value: string): Secret => ({ value, source: 'test', isSample: false });

/** The receiver's side, by its own means. */
const script = `
import hashlib, hmac, json, sys
asked = json.load(sys.stdin)
def judge(one):
    try:
        headers = {name.lower(): value for name, value in one["headers"]}
        if len(headers) != len(one["headers"]): return False
        parts = [part.split("=", 1) for part in headers["x-acme-signature"].split(",")]
        time = dict(parts)["t"]
        data = json.loads(bytes.fromhex(one["body"]).decode("utf-8"))
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        signed = "\\n".join(["POST", one["url"], headers["x-acme-event"], time, text])
        made = hmac.new(one["secret"].encode(), signed.encode("utf-8"), hashlib.sha512).hexdigest()
        return any(name == "v1" and hmac.compare_digest(value, made) for name, value in parts)
    except (KeyError, ValueError):
        return False
json.dump([judge(one) for one in asked], sys.stdout)
`;

/** Whether Python takes requests, as they came over a socket, for genuine. */
export function judgedByPython(
  requests: readonly { readonly headers: Captured['headers']; readonly body: Uint8Array }[],
  { url, secret }: { readonly url: string; readonly secret: string },
): boolean[] {
  const own = /^(x-acme|content-type)/i;
  const asked = requests.map(({ headers, body }) => ({
    url,
    secret,
    headers: headers.filter(([name]) => own.test(name)),
    body: Buffer.from(body).toString('hex'),
  }));
  return JSON.parse(python(script, [], JSON.stringify(asked)).toString());
}
