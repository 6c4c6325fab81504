import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';

const secret = 'CANARY plain"12/34&é';
const mask = new SecretMask([secret]);

/** Texts that Python makes of a secret: one for each of some expressions of `s`. */
const expressions = {
  'JSON in the field of a form': 'quote_plus(dumps({"id": 7, "token": s}))',
  'JSON in a part of a URL': 'quote(dumps({"token": s}, ensure_ascii=False))',
  'JSON in base64': 'b64encode(dumps({"token": s}).encode()).decode()',
  'JSON in base64 at another place': 'b64encode(dumps({"i": s}, ensure_ascii=False).encode()).decode()',
  'JSON in base64 in the field of a form': 'quote_plus(b64encode(dumps({"to": s}).encode()).decode())',
  'JSON in base64url': 'urlsafe_b64encode(dumps({"token": s}).encode()).decode()',
};

const forms = JSON.parse(
  execFileSync('python3', [
    '-c',
    `from json import dumps, loads
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus
import sys
s = sys.argv[1]
print(dumps({${Object.entries(expressions)
      .map(([name, code]) => `${JSON.stringify(name)}: ${code}`)
      .join(', ')}}))`,
    secret,
  ]).toString(),
) as Record<string, string>;

describe('a secret is hidden', () => {
  it.each(Object.keys(expressions))('inside of %s', (name) => {
    const masked = mask.inText(forms[name]!);
    expect(masked).toContain('(secret)');
    const decoded = [masked, decodeURIComponent(masked.replaceAll('+', ' '))].flatMap((text) => [
      text,
      Buffer.from(text.replace('(secret)', 'AAAA'), 'base64').toString('latin1'),
    ]);
    for (const text of decoded) expect(text).not.toMatch(/ANARY plai/);
  });
});
