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

/** Each was run by bash with a real curl, whose request said what is wanted. */
describe('the request of a script is read as bash sends it', () => {
  it.each<[string, string, string]>([
    ['text that is added to a variable', `A='{"a":'; A+='1'; A+="}"\ncurl -d "$A" ${url}\n`, '{"a":1}'],
    ['text that is added to what is exported', `export A=x; export A+=y; curl -d "$A" ${url}\n`, 'xy'],
    ['text for a variable that is not set', `U=\ncurl -d "\${U:-d}\${U-e}\${V-f}" ${url}\n`, 'df'],
    ['a default that is kept', `: "\${A:=x}"\ncurl -d "$A" ${url}\n`, 'x'],
    ['an answer that a variable takes', `R="$(curl -s -d "a$(echo b)" ${url} | tr -d x)"; echo $R\n`, 'ab'],
    ['a subshell', `(cd /tmp; curl -d 1 ${url}) && echo x\n`, '1'],
    ['braces', `{ curl -d 1 ${url}; }\n`, '1'],
    ['a function', `post() {\n  curl -s -d '{"a":1}' ${url}\n}\npost\n`, '{"a":1}'],
    ['declarations', `declare A=1; readonly B=2\ncurl -d "$A$B" ${url}\n`, '12'],
    ['a name without its alias', `\\curl -d 1 ${url}\n`, '1'],
    ['a limit of time', `timeout 5 curl -d 1 ${url}\n`, '1'],
    ['a container', `docker run --rm curlimages/curl:8.5.0 -d 1 ${url}\n`, '1'],
    ['what read takes', `read -r -d '' B <<'X'\n  {"a": "b c"}\n\nX\ncurl -d "$B" ${url}\n`, '{"a": "b c"}'],
    ['an upload of its input', `echo hi | curl -T - ${url}\n`, 'hi\n'],
  ])('%s', async (_, text, wanted) => {
    expect(await bodyOf(text)).toBe(wanted);
  });

  it('without dots in its path, but where curl keeps them', async () => {
    const target = async (text: string) => new URL((await read(text)).request.url, 'x:').href;
    expect(await target('curl -d 1 http://localhost/a/../b/./c?x=../y\n')).toBe('http://localhost/b/c?x=../y');
    expect((await read('curl -d 1 http://localhost/a/b/..\n')).request.url).toBe('http://localhost/a/');
    expect((await read('curl --path-as-is -d 1 http://localhost/a/../b\n')).request.url).toBe(
      'http://localhost/a/../b',
    );
  });

  it('by its method, and with a remark on what the script does not set', async () => {
    expect((await read(`echo hi | curl -T - ${url}\n`)).request.method).toBe('PUT');
    expect((await read(`curl -d "\${V:-f}" ${url}\n`)).notes).toEqual([expect.stringContaining('does not set V')]);
  });
});
