import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import { python } from '../support/python.js';

const secret = 'Kän"ary\'<&>=+/ 7f3a';

/** Encodes the secret with Python, an independent encoder. */
const inPython = (expressions: readonly string[]): string[] =>
  JSON.parse(
    python(`import sys,json,html,base64,urllib.parse as u\ns=sys.argv[1]\nprint(json.dumps([${expressions}]))`, [
      secret,
    ]).toString(),
  );

const forms: readonly (readonly [name: string, expression: string])[] = [
  ['as it is', 's'],
  ['in hex', 's.encode().hex()'],
  ['in upper-case hex', 's.encode().hex().upper()'],
  ['in hex with spaces', 's.encode().hex(" ")'],
  ['in base64', 'base64.b64encode(s.encode()).decode()'],
  ['in base64url', 'base64.urlsafe_b64encode(s.encode()).decode()'],
  ['in base64url without padding', 'base64.urlsafe_b64encode(s.encode()).decode().rstrip("=")'],
  ['in JSON', 'json.dumps(s)[1:-1]'],
  ['in JSON with all characters', 'json.dumps(s, ensure_ascii=False)[1:-1]'],
  ['in JSON inside of JSON', 'json.dumps(json.dumps(s, ensure_ascii=False)[1:-1])[1:-1]'],
  ['in a URL', 'u.quote(s, safe="")'],
  ['in a path', 'u.quote(s)'],
  ['in a form', 'u.quote_plus(s)'],
  ['in HTML', 'html.escape(s)'],
  ['in base64 in a URL', 'u.quote(base64.b64encode(s.encode()).decode(), safe="")'],
  ['as numbers', '", ".join(str(b) for b in s.encode())'],
  ['as Go shows bytes', '" ".join(str(b) for b in s.encode())'],
  ['as Python shows bytes', 'repr(s.encode())[2:-1]'],
  [
    'in the JSON of Go',
    '"".join(chr(92) + "u%04x" % ord(c) if c in "&<>" else json.dumps(c, ensure_ascii=False)[1:-1] for c in s)',
  ],
  [
    'in the JSON of .NET',
    '"".join(chr(92) + "u%04X" % ord(c) if ord(c) > 126 or ord(c) in (34, 38, 39, 43, 60, 62, 96) else c for c in s)',
  ],
  [
    'in the HTML of Go',
    '"".join({"&": "&amp;", "<": "&lt;", ">": "&gt;", chr(34): "&#34;", chr(39): "&#39;", "+": "&#43;"}.get(c, c) for c in s)',
  ],
];
const texts = inPython(forms.map(([, expression]) => expression));
const encoded = forms.map(([name], at): [string, string] => [name, texts[at]!]);

describe('a secret that comes back', () => {
  it.each(encoded)('%s is masked', (_, text) => {
    expect(new SecretMask([secret]).inText(`before ${text} after`)).toBe('before (secret) after');
  });

  it('is masked inside of longer base64, wherever it begins', () => {
    for (const before of ['', 'a', 'ab', 'abc', '{"secret":"']) {
      const text = Buffer.from(`${before}canary-7f3a9c51 and more`).toString('base64');
      const masked = new SecretMask(['canary-7f3a9c51']).inText(text);
      expect(masked).toMatch(/\(secret\)/);
      expect(Buffer.from(masked.replace('(secret)', ''), 'base64').toString()).not.toMatch(/canar|7f3a9/);
    }
  });

  it('is masked as the key that it encodes, and as each line of it', () => {
    const key = Buffer.from('0123456789abcdef-the-key');
    const mask = new SecretMask([`whsec_${key.toString('base64')}`, key.toString('hex')]);
    for (const text of [key.toString(), key.toString('hex'), key.toString('base64')]) {
      expect(mask.inText(`key=${text};`)).toBe('key=(secret);');
    }
    const pem =
      '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----\n';
    const masked = new SecretMask([pem]).inText('line 2: AQEFAASCBKcwggSjAgEAAoIB');
    expect(masked).toBe('line 2: (secret)');
  });

  it('is masked where it was cut', () => {
    const mask = new SecretMask(['canary-7f3a9c51']);
    expect(mask.inText('answer: canary-7f3…')).toBe('answer: (secret)…');
    expect(mask.inText('answer: canary-7f3', true)).toBe('answer: (secret)');
    expect(mask.inText('answer: canary-7f3')).toBe('answer: canary-7f3');
    expect(mask.inText('can…')).toBe('can…');
  });

  it('is not looked for where it is so short that it stands in any text', () => {
    expect(new SecretMask(['test1']).inText('a test1')).toBe('a test1');
    expect(new SecretMask(['test12']).inText('a test12')).toBe('a (secret)');
  });

  it('leaves what holds none as it is, also bytes that are no text', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe, ...Buffer.from('canary'), 0x80]);
    expect(new SecretMask(['another-one']).inBytes(bytes)).toBe(bytes);
    expect(Buffer.from(new SecretMask(['canary']).inBytes(bytes)).toString('latin1')).toBe('\xff\0\xfe(secret)\x80');
  });

  it('is found as a plain search finds it, for any secrets', () => {
    const letters = fc.stringMatching(/^[ab]{6,9}$/);
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 5 }),
        fc.stringMatching(/^[abc]{0,80}$/),
        (secrets, text) => {
          const covered = new Set<number>();
          for (const each of secrets) {
            for (let at = text.indexOf(each); at >= 0; at = text.indexOf(each, at + 1)) {
              for (let i = at; i < at + each.length; i++) covered.add(i);
            }
          }
          const expected = [...text].map((char, at) => (covered.has(at) ? '*' : char)).join('');
          const masked = new SecretMask(secrets).inText(text);
          expect(masked).toBe(expected.replace(/\*+/g, '(secret)'));
        },
      ),
    );
  });

  it('reads each byte of the text about once, whatever the number of secrets', () => {
    const reads = (count: number, size: number) => {
      const secrets = Array.from({ length: count }, (_, at) => `whsec_${'a'.repeat(20)}${at}`);
      const text = Buffer.from('whsec_'.repeat(size / 6) + 'whsec_aaaaaaaaaaaaaaaaaaa'.repeat(size / 25));
      let read = 0;
      const counted = new Proxy(text, {
        get: (bytes, name) => {
          if (/^\d+$/.test(String(name))) read++;
          return Reflect.get(bytes, name, bytes);
        },
      });
      expect(new SecretMask(secrets).inBytes(counted)).toBe(counted);
      return read / text.length;
    };
    expect(reads(1, 3000)).toBeGreaterThanOrEqual(1);
    expect(reads(1, 30_000)).toBeLessThan(2);
    expect(reads(60, 30_000)).toBeLessThan(2);
  });
});

describe('secrets that come to be known one after another', () => {
  const secrets = Array.from({ length: 64 }, (_, at) => `user-${at % 7}:pass/word+${at * 7919}`);
  const oneAfterAnother = (used: readonly string[]) => {
    const mask = new SecretMask();
    for (const each of used) {
      mask.add([each]);
      mask.inText('nothing of it');
    }
    return mask;
  };

  it('are masked as if they had been known at once', () => {
    const [grown, whole] = [oneAfterAnother(secrets), new SecretMask(secrets)];
    const masked = secrets.flatMap((each) => [each, encodeURIComponent(each), Buffer.from(each).toString('base64')]);
    // Two that overlap, and one that is cut.
    const text = `${masked.join(' ')} ${secrets[3]}${secrets[4]} ${secrets[5]!.slice(0, 9)}`;
    expect(grown.inText(text, true)).toBe(whole.inText(text, true));
    expect(grown.inText(text, true)).not.toMatch(/pass/);
    expect(grown.longest).toBe(whole.longest);
    const bytes = Buffer.from(text);
    expect(grown.rangesIn(bytes, true)).toEqual(whole.rangesIn(bytes, true));
  });

  it('cost each about as much as the one before', () => {
    /** Counts the prepared forms of secrets: each is encoded once. */
    const prepared = (work: () => unknown) => {
      const from = vi.spyOn(Buffer, 'from');
      work();
      const count = from.mock.calls.filter((call: unknown[]) => call[1] === 'latin1').length;
      from.mockRestore();
      return count;
    };
    const atOnce = prepared(() => new SecretMask(secrets).inText('nothing of it'));
    expect(atOnce).toBeGreaterThan(secrets.length);
    // Each of 64 secrets is prepared up to seven times, and 32 times on average where all of them are prepared again.
    expect(prepared(() => oneAfterAnother(secrets)) / atOnce).toBeLessThan(8);
  });
});
