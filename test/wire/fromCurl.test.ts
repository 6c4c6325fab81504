import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCurlScript, scriptItems } from '../../src/capture/formats/curl.js';
import { curlFlags, curlLetters } from '../../src/capture/shell/curlFlags.js';
import { UsageError } from '../../src/core/errors.js';
import { type Captured, captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { fiveProviders } from '../support/providers.js';

const run = promisify(execFile);
const read = (text: string | Uint8Array) =>
  scriptItems(Buffer.from(text as Uint8Array).toString('latin1'), { source: 'it' })[0]!.read();

/** Headers that curl adds of its own accord. */
const isCurls = ([name, value]: readonly [string, string]) =>
  /^(host|connection|content-length)$/i.test(name) ||
  (name === 'User-Agent' && value.startsWith('curl/')) ||
  (name === 'Accept' && value === '*/*') ||
  (name === 'Accept-Encoding' && value.includes('deflate'));

/** Some versions of curl write percent-encoding in lower case. */
const inCapitals = (text: string) => text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());

const arrived = ({ requestLine, headers, body }: Captured) => ({
  line: inCapitals(requestLine.replace(/ HTTP.*/, '')),
  headers: headers.filter((header) => !isCurls(header)),
  body: body.toString('latin1'),
});

const parsed = (text: string | Uint8Array) => {
  const { method, url, headers, body } = read(text).request;
  return {
    line: inCapitals(`${method} ${url.replace(/^https?:\/\/[^/]*/, '')}`),
    headers: headers.filter((header) => !isCurls(header)),
    body: Buffer.from(body).toString('latin1'),
  };
};

/** Runs a command in bash with the real curl, and returns what a server got. */
async function really(command: string, server: { requests: Captured[] }) {
  const script = join(mkdtempSync(join(tmpdir(), 'webhook-sim-curl-')), 'script.sh');
  writeFileSync(script, command);
  await run('bash', [script], { env: { PATH: process.env.PATH!, LC_ALL: 'C.UTF-8', AUTHORIZATION: 'x' } });
  return arrived(server.requests.at(-1)!);
}

describe('a curl command is read as bash and curl do it', () => {
  it.each<[string, (url: string) => string]>([
    [
      'a browser’s copy',
      (url) =>
        `curl '${url}/a?b=c' \\\n  -X 'POST' \\\n  -H 'x-sig: v1=abc' \\\n  -H 'content-type: application/json' \\\n  --data-raw $'{"a":"it\\'s \\u0021 \\xc3\\xa9\\n"}' \\\n  --compressed --insecure`,
    ],
    ['data is a form and a POST', (url) => `curl ${url} -d a=b -d 'c=d e'`],
    ['double quotes', (url) => `curl -sSXPUT "${url}/q" -H "X-A: \\"q\\" \\\\ 'x' \\n" -d "{\\"a\\": 1}"`],
    ['--json', (url) => `curl --json '{"a":' --json '1}' ${url}`],
    ['--json with an own type', (url) => `curl --json '{}' -H 'content-type: application/cloudevents+json' ${url}`],
    ['a user', (url) => `curl -u 'user:pass word' -d x ${url} -A agent -e http://r.example/ -b 'a=b; c=d'`],
    [
      'removed and empty headers',
      (url) => `curl ${url} -d x -H 'Content-Type:' -H 'X-Empty;' -H 'X-Twice: 1' -H 'X-Twice: 2'`,
    ],
    [
      'glued values and flags',
      (url) => `curl -vksLd'a b' -H'X-A:1' --max-time 5 -o /dev/null -w '%{http_code}' ${url}`,
    ],
    ['--url and --', (url) => `curl -d x --url ${url}/one?x=1`],
    ['the data in the query', (url) => `curl -G ${url}/s -d a=1 --data-urlencode 'b=ü &'`],
    ['encoded data', (url) => `curl ${url} --data-urlencode 'a b' --data-urlencode '=c&d' --data-urlencode 'e=f g'`],
    ['encoded data with an @ in its name', (url) => `curl ${url} --data-urlencode 'a@b=c@d' -d '' -d e`],
    ['several cookies', (url) => `curl ${url} -b a=1 -b 'b=2; ' -b no-file -b '' --cookie c=3`],
    [
      'queries of their own',
      (url) => `curl '${url}/q?z=1#f' --url-query '+q=a%20b' --url-query '+' --url-query 'n=b c' --url-query =x@y -d a`,
    ],
    ['data in the query, which is in the place of others', (url) => `curl -G ${url} -d a=1 --url-query b=2`],
    ['-G without data', (url) => `curl -G ${url} --url-query b=2`],
    ['carriage returns taken out', (url) => `printf 'a\\r\\nb\\r\\n' | tr -d '\\r' | curl ${url} --data-binary @-`],
    ['both line ends taken out', (url) => `printf 'a\\r\\nb\\n' | tr -d '\\r\\n' | curl ${url} --data-binary @-`],
    ['a comment, and a comma', (url) => `# sends it\ncurl ${url}/{a} -g -d x # done`],
    ['pieces of a word', (url) => `curl ${url}/a'b'"c"\\ \\\nd -d 'x'`.replace('\\ \\\n', '\\\n')],
    ['no path, but a query', (url) => `curl '${url}?a=1#f' -d @-</dev/null`.replace(' -d @-</dev/null', ' -d x')],
    ['an unquoted question mark', (url) => `curl ${url}/?a=1 -d x`],
    ['a here-document', (url) => `curl ${url} --data-binary @- <<'EOF'\n{"a": "$B \\\\"}\n\n{}\nEOF\necho done`],
    [
      'a here-document with a variable',
      (url) => `A='b "c"'\ncurl -s ${url} -d @- <<-EOF\n\t{"a":"$A",\n\t"b":"\${A}\\$"}\n\tEOF\n`,
    ],
    ['a here-string', (url) => `curl ${url} --data-binary @- <<< '{"a":1}'`],
    ['a pipe from echo', (url) => `echo '{"a":1}' | curl ${url} --data-binary @-`],
    ['a pipe from echo with flags', (url) => `echo -ne 'a\\tb\\x41' | curl ${url} --data-binary @- | cat`],
    ['a pipe from printf', (url) => `printf '{"a":"%s"}\\n%%' "b 'c'" | curl ${url} --data-binary @/dev/stdin`],
    ['a pipe from cat', (url) => `cat <<EOF | tr -d '\\n' | curl ${url} --data-binary @-\n{"a":\n1}\nEOF`],
    ['a pipe from base64', (url) => `echo AAH/ | base64 -d | curl ${url} --data-binary @-`],
    [
      'variables in front',
      (url) => `URL=${url}/v\nexport TOKEN="a b"\ncurl "$URL?x=1" -H "X-A: $TOKEN" -d "\${TOKEN}"`,
    ],
    ['cat in $(…)', (url) => `curl ${url} -d "$(cat <<'EOF'\n{"a": "b"}\nEOF\n)"`],
    ['variables of the environment', (url) => `TRACE=1 env B=2 $(echo curl) ${url}`.replace('$(echo curl)', 'curl')],
    ['the user in the URL', (url) => `curl ${url.replace('//', '//us%20er:pa%3Ass@')}/a -d x`],
    ['a request target', (url) => `curl --request-target '/signed?x=1' ${url}/hook -d x`],
    ['a redirect', (url) => `curl -s ${url}/r -d x > /dev/null 2>&1 && echo yes`],
    ['a script', (url) => `#!/bin/bash\nset -eu\n: "\${PATH:?}"\nfor i in 1; do curl ${url}/s -d x; done`],
    ['a path to curl', (url) => `$(which curl) ${url}`.replace('$(which curl)', '/usr/bin/curl')],
  ])('%s', async (_, command) => {
    const server = await captureServer();
    const text = command(server.url);
    expect(isCurlScript(Buffer.from(text).toString('latin1'))).toBe(true);
    expect(parsed(text)).toEqual(await really(text, server));
  });

  it.each(['-d @-', '--data-binary @-', '--json @-', '--data-urlencode @-', '--data-urlencode n@-', '--url-query n@-'])(
    'standard input: %s',
    async (option) => {
      const server = await captureServer();
      const text = `printf 'a\\r\\nb é&=\\n' | curl ${server.url} ${option}`;
      expect(parsed(text)).toEqual(await really(text, server));
    },
  );

  it('any body in any quotes', async () => {
    const server = await captureServer();
    const quotings: readonly ((text: string) => string)[] = [
      (text) => `'${text.replaceAll("'", "'\\''")}'`,
      (text) => `"${text.replace(/["\\$`]/g, '\\$&')}"`,
      (text) => `$'${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`,
      (text) => `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`,
    ];
    const body = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => !text.includes('\0') && text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...quotings), async (text, quote) => {
        const command = `curl -sS ${server.url} --data-raw ${quote(text)}`;
        expect(parsed(command)).toEqual(await really(command, server));
      }),
      { numRuns: 60 },
    );
  });
});

describe('what send --curl prints', () => {
  const fixed = ['--seed', '3', '--now', '2026-06-01T12:00:00Z'];

  it.each(fiveProviders.map(({ name, defaultEvent }) => [name, defaultEvent]))('%s %s', async (name, event) => {
    const server = await captureServer();
    const argv = ['send', name, event, ...fixed, '--to', `${server.url}/a%20b?x='1'&y=$HOME`];
    await cli(argv);
    const { stdout } = await cli([...argv, '--curl']);
    expect(parsed(stdout)).toEqual(arrived(server.requests[0]!));
  });

  it.each([
    ['bytes that are no text', Buffer.from([0, 1, 255, 10])],
    ['an empty body', Buffer.alloc(0)],
  ])('%s', async (_, stdin) => {
    const argv = ['send', 'scalev', 'order.created', ...fixed, '--to', 'localhost:9', '--raw', '-', '--curl'];
    expect(parsed((await cli(argv, { stdin })).stdout).body).toBe(stdin.toString('latin1'));
  });

  it('a header that is a shell variable is left out, and told', async () => {
    const argv = [
      'send',
      'scalev',
      'order.created',
      ...fixed,
      '--to',
      'localhost:9',
      '-H',
      'Authorization: Bearer x',
      '--curl',
    ];
    const { request, notes } = read((await cli(argv)).stdout);
    expect(request.headers.map(([name]) => name)).not.toContain('Authorization');
    expect(notes).toEqual([
      'The command holds the value of Authorization as a shell variable. Give that header as well.',
    ]);
  });

  it('is verified', async () => {
    const { stdout } = await cli(['send', 'scalev', 'order.created', '--to', 'localhost:9', '--curl']);
    const verified = await cli(['verify', 'scalev', '-'], { stdin: stdout });
    expect(verified.stdout).toMatch(/^✓ genuine/);
    expect(verified.exitCode).toBe(0);
    const changed = await cli(['verify', 'scalev', '-'], { stdin: stdout.replace('order.created', 'order.updated') });
    expect(changed.exitCode).toBe(1);
  });
});

describe('is rejected', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are variables of the shell
  it.each([
    ['a command inside', 'curl http://x -d "$(cat /etc/passwd)"', /runs another command in \$\(…\)/],
    ['a command in backticks', 'curl http://x -d `id`', /backticks/],
    ['backticks in quotes', 'curl http://x -d "`id`"', /backticks/],
    ['a variable', 'curl $URL -d x', /the URL holds the shell variable \$URL/],
    ['a variable in a header', 'curl http://x -H "X-A: $TOKEN"', /the header X-A holds the shell variable \$TOKEN/],
    ['a variable in the data', 'curl http://x -d "${BODY}"', /--data holds the shell variable \$BODY/],
    ['an expansion', 'curl http://x -d "${BODY%x}"', /something of the shell/],
    ['a form', "curl http://x -F 'a=b'", /multipart form/],
    [
      'a file',
      'curl http://x -d @nowhere/body.json',
      /in the file nowhere\/body\.json\. Put the data into the command/,
    ],
    ['headers in a file', 'curl http://x -H @headers', /headers are in a file/],
    ['a file of options', 'curl -K options', /-K/],
    ['two URLs', 'curl http://x http://y', /more than one URL/],
    ['no URL', 'curl -d x', /has no URL/],
    ['an unknown option', 'curl --data-row x http://x', /curl has no option --data-row\. Did you mean .*data-raw/],
    ['an option without its value', 'curl http://x -H', /--header has no value/],
    ['an open quote', "curl 'http://x", /never closed/],
    ['another protocol', 'curl ftp://x', /neither http nor https/],
    ['an ampersand', 'curl http://x/?a=1&b=2', /without quotes ends the command/],
    ['a subshell', 'curl http://x -d (x)', /belongs to the shell/],
    ['what another command makes', 'date | curl http://x -d @-', /another command writes/],
    ['a list', 'HEADERS=(-H x)\ncurl http://x', /belongs to the shell/],
    ['a no-break space', 'curl -X\u00a0POST http://x', /no-break space outside of quotes/],
    ['a typographic quote', 'curl “http://x”', /typographic quote/],
    ['a method that is none', "curl -X 'PO ST' http://x", /its method \(-X\) is none/],
    ['half of a character', "curl http://x -d $'\\ud83d'", /half of a character/],
    ['a cookie of a variable', 'curl http://x -b "a=$TOKEN"', /--cookie holds the shell variable \$TOKEN/],
    ['a query in a file', 'curl http://x --url-query n@file', /in the file file\./],
    ['data that is no base64', 'echo AAH:/ | base64 -d | curl http://x -d @-', /says that it is base64, and is not/],
    ['data that is not hexadecimal', 'echo 61zz62 | xxd -r -p | curl http://x -d @-', /hexadecimal, and is not/],
    ['an open here-document', 'curl http://x -d @- <<EOF\n{}', /here-document is never closed/],
    ['a variable that a shell divides', 'A="b c"\ncurl http://x -d $A', /divided at its spaces/],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: these are variables of the shell
  ])('%s', (_, text, message) => {
    const reading = () => scriptItems(Buffer.from(text).toString('latin1'), { source: 'it' })[0]!.read();
    expect(isCurlScript(Buffer.from(text).toString('latin1'))).toBe(true);
    expect(reading).toThrow(UsageError);
    expect(reading).toThrow(message);
  });

  it('by verify with exit 2, and nothing of the command is shown', async () => {
    const { exitCode, stderr } = await cli(['verify', 'scalev', '-'], {
      stdin: 'curl http://x -H "Authorization: CANARY$(id)"',
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the curl command can’t be read'.replace('’', "'"));
    expect(stderr).not.toContain('CANARY');
  });
});

it('whatever comes is read or rejected', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab\'"\\$`{}-=@ \n;|&#^(~xX0'), maxLength: 60 }), (text) => {
      try {
        read(`curl ${text}`);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'EISDIR')
          return;
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 2000 },
  );
});

it('knows the options of the curl that is here', () => {
  const help = execFileSync('curl', ['--help', 'all'], { encoding: 'utf8' });
  const options = [...help.matchAll(/^ (?:-(.), | {4})\s*--([\w.-]+)( <)?/gm)];
  expect(options.length).toBeGreaterThan(200);
  for (const [, letter, name = '', value] of options) {
    const kind = value || /^(pre)?proxy$/.test(name) ? 'withValue' : 'alone';
    expect(curlFlags[kind].has(name), name).toBe(true);
    if (letter) expect(curlLetters[letter]).toBe(name);
  }
});
