import { describe, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import { cmdWords } from '../../src/capture/shell/cmdWords.js';
import { parseScript } from '../../src/capture/shell/posixScript.js';
import { parsePowerShell } from '../../src/capture/shell/powerShellScript.js';
import { thrownAt } from '../../src/core/errors.js';
import { SecretMask } from '../../src/core/secretMask.js';
import { withoutPadding } from '../../src/core/withoutPadding.js';
import { tamperBody } from '../../src/delivery/forgeSignature.js';
import { emptyAsArrays, laidOut, respaced, unescaped } from '../../src/diagnose/hypotheses/layout.js';
import { secretTextMistakes } from '../../src/diagnose/hypotheses/secretTextMistakes.js';
import { readYaml } from '../../src/documents/readYaml.js';
import { parseBody } from '../../src/json/dialect.js';
import { outlineBody } from '../../src/json/outline.js';
import { parseJson } from '../../src/json/parse.js';
import { getPath, unknownPath } from '../../src/json/path.js';
import { spanOf } from '../../src/json/span.js';
import { windowsCommand } from '../../src/launch/startProgram.js';
import { editPlace, parsePlaceholders } from '../../src/payloads/placeholders.js';
import { harResponse } from '../../src/report/shared/harEntry.js';
import { jsonReporter } from '../../src/report/shared/jsonReporter.js';
import { layOutJson } from '../../src/report/suite/html/deliveryDetails.js';
import { extract } from '../../src/signing/extract.js';
import { expectLinear } from '../support/expectLinear.js';

const mask = new SecretMask(['whsec_value-1234', 'another secret', '    spaces', 'aaaaaaaaaaaab']);

/** Does what may fail, as work on hostile text may: only its time counts. */
async function attempt(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    // A rejection is as good.
  }
}

const capture = (text: string) => {
  // All but YAML is read at once; a rejection is as good.
  readCapture(Buffer.from(text), { source: 'a file', having: [] }).catch(() => {});
};
const head = 'POST /hooks HTTP/1.1\r\nHost: localhost\r\n';

/** Functions of a text, whatever it is made of. */
const onText: Readonly<Record<string, (text: string) => unknown>> = {
  'a mask': (text) => mask.inText(text, true),
  'a HAR': (text) =>
    harResponse({
      status: 200,
      error: null,
      response: { headers: [['a', text.slice(0, 100)]], body: Buffer.from(text), bytes: text.length, truncated: false },
    } as never),
  'a body of a capture': (text) => capture(`${head}\r\n${text}`),
  'headers of a capture': (text) => capture(`${head}${text}\r\n\r\n`),
  'a curl command': (text) => capture(`curl http://localhost/ -d '${text}' -H "a: ${text}"`),
  'a curl command without quotes': (text) => capture(`curl ${text}`),
  'a capture': capture,
  'words of a shell': parseScript,
  'words of the command prompt': cmdWords,
  'words of PowerShell': parsePowerShell,
  'a here-document': (text) => capture(`curl http://localhost/ -d @- <<EOF\n${text}\nEOF\n`),
  'what curl -v shows': (text) => capture(`> POST / HTTP/1.1\n> A: b\n>\n${text}\n< ${text}`),
  'a trace of curl': (text) => capture(`=> Send header, 9 bytes (0x9)\n0000: ${text}`),
  'a file of an editor': (text) => capture(`### a\nPOST http://localhost/\nA: ${text}\n\n${text}`),
  'a file of Hurl': (text) => capture(`POST http://localhost/\n[Form]\n${text}\nHTTP 200\n${text}`),
  'a file of Bruno': (text) => capture(`post {\n  url: ${text}\n}\n${text}`),
  'a command for PowerShell': (text) => capture(`Invoke-WebRequest -Uri http://localhost/ -Body "${text}" ${text}`),
  'a command with carets': (text) => capture(`curl ^"http://localhost/^" -d ^"${text}^"`),
  'several requests': (text) => capture(`${head}\r\n${`${text}\nPOST / HTTP/1.1\nA: b\n\n`.repeat(4)}`),
  'JSON in a string': (text) => parseJson(JSON.stringify(text)),
  'what is no JSON': parseJson,
  'a place in JSON': (text) => spanOf(`{"a":${JSON.stringify(text)},"b":1}`, ['b']),
  'JSON for reading': (text) => layOutJson(text, 10_000_000),
  'JSON in other layouts': (text) => {
    const json = JSON.stringify({ a: text });
    return [respaced(json, ', ', ': '), laidOut(json, '  '), emptyAsArrays(json), unescaped(json)];
  },
  'texts that are no JSON in other layouts': (text) => [respaced(text, ',', ':'), emptyAsArrays(text)],
  'Base64 without padding': withoutPadding,
  placeholders: (text) => parsePlaceholders(text, editPlace('--set')),
  'a command of Windows': (text) => windowsCommand(['npm', text]),
  'a body with its last digit changed': (text) =>
    tamperBody({ by: 'changed byte' }, Buffer.from(`1a${text.replace(/[a-z0-9]/gi, '_')}`)),
  'a secret without what is around it': (text) =>
    secretTextMistakes.map(({ variants }) => [...variants({ text: `a${text}b` } as never)]),
  'the headers of a request under a scheme': (text) =>
    extract({ name: 'a', head: [], each: [{ text: 'v1=' }, { name: 'signature' }], join: ',' }, text),
  'a form': (text) => parseBody(Buffer.from(text), 'form'),
  'the outline of a body': (text) => outlineBody(Buffer.from(JSON.stringify({ a: text })), 'js', []),
  'the outline of a form': (text) => outlineBody(Buffer.from(text), 'form', []),
  'the place of an error': (text) => thrownAt(Object.assign(new Error('x'), { stack: text })),
};

const pieces = [
  ' ',
  '"',
  '\\"',
  "'",
  "\\'",
  '(',
  '$(',
  '{',
  '[',
  '\0',
  '\\u0000',
  '=',
  '=a',
  'a: b\r\n',
  '\r\n',
  '/:1',
  '-',
  ' -H a',
  '{{',
  '{{ \n',
  'a&',
  'v1=,',
];

/** Things of many parts, by their number. */
const ofMany: Readonly<Record<string, (count: number) => () => unknown>> = {
  'headers of a capture': (count) => {
    const text = `${head}${'X-A: b\r\n'.repeat(count)}\r\n{}`;
    return () => capture(text);
  },
  'entries of a HAR': (count) => {
    const request = { method: 'POST', url: 'http://localhost/', headers: [], postData: { text: '{}' } };
    const text = JSON.stringify({ log: { entries: Array.from({ length: count }, () => ({ request })) } });
    return () => capture(text);
  },
  'small values': (count) => {
    const root = parseJson(JSON.stringify(Array.from({ length: count }, (_, at) => ({ id: at }))));
    return () => getPath(root, [count - 1, 'id']);
  },
  'near paths': (count) => {
    const members = Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, at]));
    const root = parseJson(JSON.stringify(members));
    return () => unknownPath(root, ['mx']);
  },
  'a place in JSON of many members': (count) => {
    const text = JSON.stringify(Array.from({ length: count }, (_, at) => ({ id: at })));
    return () => spanOf(text, [count - 1, 'id']);
  },
  'a line of JSON': (count) => {
    const report = jsonReporter(() => {});
    const headers = Array.from({ length: count }, (_, at) => [`x-${at}`, '\u202e']);
    return () => report.event({ type: 'warning', code: 'X', id: null, message: JSON.stringify(headers) } as never);
  },
};

/** Captures whose length is mostly of one kind, where a search may begin at each place and end at none. */
const captures: Readonly<Record<string, (count: number) => string>> = {
  'spaces in a header': (count) => `${head}A: x${' '.repeat(count)}x\r\n\r\n{}`,
  'spaces in a header of curl': (count) => `curl -H 'A: x${' '.repeat(count)}x' http://localhost/ -d a=1`,
  'spaces in a header of an editor': (count) => `###\nPOST http://localhost/\nA: x${' '.repeat(count)}x\n\n{}`,
  'spaces in a variable of an editor': (count) => `@a = x${' '.repeat(count)}x\n###\nPOST http://localhost/\n\n{}`,
  'spaces in a header of Hurl': (count) => `POST http://localhost/\nA: x${' '.repeat(count)}x\n\n{}\nHTTP 200\n`,
  'spaces in a header of Bruno': (count) => `post {\n  url: a\n}\nheaders {\n  A: x${' '.repeat(count)}x\n}\n`,
  'spaces in a name of Bruno': (count) => `post {\n  url: a\n}\nheaders {\n  A${' '.repeat(count)}x: x\n}\n`,
  'line ends in what a command writes': (count) =>
    `curl -d "$(cat <<'E'\n${'\n'.repeat(count)}x\nE\n)" http://localhost/`,
  'line ends in a trace': (count) => {
    const bytes = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '$& ');
    const lines = Array.from(
      { length: count / 16 },
      (_, at) => `${(16 * at).toString(16).padStart(4, '0')}: ${'0a '.repeat(16)}\n`,
    );
    return `=> Send header, ${count + 16} bytes (0x1)\n${lines.join('')}${count.toString(16).padStart(4, '0')}: ${bytes('POST / HTTP/1.1x')}\n`;
  },
  'titles in a trace': (count) => `=> Send header, 9 bytes (0x9)\n=> Send data${', 1 bytes'.repeat(count / 8)}\rx\n`,
  'ends of commands': (count) => `echo \n${';'.repeat(count)}\n`,
  pipes: (count) => `echo ${'|'.repeat(count)}\n`,
  'texts of PowerShell': (count) => `${`@'\n`.repeat(count / 6)}${`\n'@`.repeat(count / 6)}`,
  'double texts of PowerShell': (count) => `${'@"\n'.repeat(count / 6)}${'\n"@'.repeat(count / 6)}`,
  'names of curl': (count) => 'curl '.repeat(count / 5),
  'names of curl for Windows': (count) => `curl.exe 'x ${'curl.exe '.repeat(count / 9)}`,
  'prompts of PowerShell': (count) => ';PS '.repeat(count / 4),
};

const expectLinearAttempts = (short: () => unknown, long: () => unknown) =>
  expectLinear(
    () => attempt(short),
    () => attempt(long),
    8,
  );

describe('work on hostile text takes time in proportion to its length', () => {
  describe.each(Object.entries(onText))('%s', (_, work) => {
    it.each(pieces)('of %j', async (piece) => {
      const text = (length: number) => piece.repeat(length / piece.length);
      const [short, long] = [text(2048), text(16_384)];
      await expectLinearAttempts(
        () => work(short),
        () => work(long),
      );
    });
  });

  it.each(Object.entries(captures))('a capture of many %s', async (_, make) => {
    const reading = (count: number) => {
      const bytes = Buffer.from(make(count));
      return () => readCapture(bytes, { source: 'a file', having: [] });
    };
    await expectLinearAttempts(reading(12_000), reading(96_000));
  });

  it.each(Object.entries(ofMany))('%s', async (_, make) => {
    await expectLinearAttempts(make(500), make(4000));
  });
});

it('reads the keys of a map in YAML in a time that grows with their number', async () => {
  const map = (keys: number) => Array.from({ length: keys }, (_, at) => `key${at}: { a: b }\n`).join('');
  const [small, large] = [map(1500), map(24_000)];
  await expectLinear(
    () => readYaml(small, 'a file'),
    () => readYaml(large, 'a file'),
    16,
  );
});
