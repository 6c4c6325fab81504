import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';

const read = (text: string) => readCapture(Buffer.from(text), { source: 'it', having: [] });
const bodyOf = async (text: string) => Buffer.from((await read(text)).request.body).toString();
const url = 'http://localhost/';

describe('a prompt that was copied with its command', () => {
  it.each([
    ['of a shell', `$ a=1\n  $ curl -d "$a" ${url}\n`],
    ['of zsh', `% a=1\n% curl -d "$a" ${url}\n`],
    ['of PowerShell', `PS C:\\> $a = '1'\n  PS C:\\Users\\x> irm ${url} -Method Post -Body $a\nPS C:\\> `],
  ])('%s is passed over', async (_, text) => {
    expect(await bodyOf(text)).toBe('1');
  });

  it.each<[string, string, string]>([
    ['single quotes', `curl --data-raw 'total:\n  % 5 of it\n$ 3' ${url}\n`, 'total:\n  % 5 of it\n$ 3'],
    ['double quotes', `curl --data-raw "a\n$ 3\n% 4" ${url}\n`, 'a\n$ 3\n% 4'],
    ['a here-document', `curl --data-binary @- ${url} <<E\n$ 3\n% 4\nE\n`, '$ 3\n% 4\n'],
    ['a text of PowerShell', `irm ${url} -Method Post -Body 'x\nPS one> two'\n`, 'x\nPS one> two'],
    ['a here-string', `$a = @'\nPS one> two\n'@\nirm ${url} -Method Post -Body $a\n`, 'PS one> two'],
  ])('is data in %s', async (_, text, wanted) => {
    expect(await bodyOf(text)).toBe(wanted);
  });
});
