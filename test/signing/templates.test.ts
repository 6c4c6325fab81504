import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { readHeaderTemplates, readSignatureTemplates } from '../../src/signing/templates.js';
import { slack } from '../providers/slack.js';
import { compileOne } from '../support/compile.js';

const withHeader = (...header: Provider['headers'][number]): Provider => ({ ...slack, headers: [header] });
const hmac = (content: string) => ({ scheme: 'hmac', hash: 'sha256', content, encoding: 'hex' }) as const;

describe('templates that are rejected when they are read', () => {
  it.each<[string, Provider['headers'][number], string]>([
    ['a name that does not exist', ['X', '{signatur}'], 'unknown placeholder {signatur}'],
    ['the body in a header', ['X', '{body}'], 'unknown placeholder {body}'],
    ['an empty join', ['X', { each: '{signature}', join: '' }], '"join" must not be empty'],
    [
      'a head that ends in a name',
      ['X', { head: '{timestamp}', each: '{signature}', join: ',' }],
      '"head" must end in text',
    ],
    ['a mistake in a head', ['X', { head: '{time},', each: '{signature}', join: ',' }], 'unknown placeholder {time}'],
  ])('%s', (_, header, message) => {
    expect(() => readHeaderTemplates(withHeader(...header))).toThrow(message);
  });

  it('signatures that sign themselves or each other', () => {
    const signing = (signatures: Provider['signatures']) => () => readSignatureTemplates({ ...slack, signatures });
    expect(signing({ one: hmac('{one}') })).toThrow('unknown placeholder {one}');
    expect(signing({ one: hmac('{two}'), two: hmac('{one}') })).toThrow('unknown placeholder {two}');
    expect(signing({ one: hmac('{body}'), two: hmac('{one}') })).not.toThrow();
  });
});

describe('headers that are rejected before anything is sent', () => {
  it.each<[string, Provider['headers'][number]]>([
    ['a name with a space', ['X Y', '1']],
    ['a header that HTTP sets', ['Content-Length', '1']],
    ['a line break in the text', ['X', 'a\r\nb']],
    ['text outside Latin-1', ['X', '☕']],
  ])('%s', (_, header) => {
    expect(() => compileOne({ provider: withHeader(...header), body: '{}' })).toThrow(
      expect.objectContaining({ code: 'BAD_HEADER' }),
    );
  });

  it('a token that a header cannot carry, without showing it', () => {
    const provider = withHeader('X-Token', '{secret}');
    const compile = () => compileOne({ provider, body: '{}', secrets: ['fine', 'pass☕word'] });
    expect(compile).toThrow(expect.objectContaining({ code: 'BAD_HEADER' }));
    expect(compile).toThrow(expect.not.objectContaining({ message: expect.stringContaining('pass') }));
  });

  it('a user name in the URL with a stray percent sign, without showing it', () => {
    const compile = () => compileOne({ provider: slack, body: '{}', url: 'http://50%zz:hunter2@localhost/' });
    expect(compile).toThrow(expect.objectContaining({ code: 'BAD_TARGET' }));
    expect(compile).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }));
  });
});
