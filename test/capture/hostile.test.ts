import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';

const read = (given: string | object) =>
  readCapture(Buffer.from(typeof given === 'string' ? given : JSON.stringify(given)), { source: 'it', having: [] });
const times = (count: number, make: (at: number) => string) => Array.from({ length: count }, (_, at) => make(at));

describe('variables that make more of a file than fits into memory are refused', () => {
  // Each is a hundred times the one before.
  const values = ['x'.repeat(100), ...times(4, (at) => `{{a${at}}}`.repeat(100))];
  const last = '{{a4}}';
  it.each<[string, string | object]>([
    [
      'of Postman',
      {
        info: { name: 'x' },
        variable: values.map((value, at) => ({ key: `a${at}`, value })),
        item: [{ request: { method: 'POST', url: 'http://localhost/', body: { mode: 'raw', raw: last } } }],
      },
    ],
    [
      'of Insomnia',
      {
        _type: 'export',
        resources: [
          { _type: 'environment', data: Object.fromEntries(values.map((value, at) => [`a${at}`, value])) },
          { _type: 'request', method: 'POST', url: 'http://localhost/', headers: [], body: { text: last } },
        ],
      },
    ],
    [
      'of an editor',
      `${times(5, (at) => `@a${at} = ${values[at]}\n`).join('')}\n###\nPOST http://localhost/\n\n${last}\n`,
    ],
    [
      'of Bruno',
      `post {\n  url: http://localhost/\n  body: text\n}\nvars:pre-request {\n${times(5, (at) => `  a${at}: ${values[at]}\n`).join('')}}\nbody:text {\n  ${last}\n}\n`,
    ],
    ['of a script', `a=xxxxxxxxxx\n${'a="$a$a"\n'.repeat(40)}curl -d "$a" http://localhost/`],
    ['of a script that tells no value', `a="$X"\n${'a="$a$a"\n'.repeat(40)}curl -d "$a" http://localhost/`],
    ['of a script with commands', `a=xxxxxxxxxx\n${'a="$(echo "$a$a")"\n'.repeat(40)}curl -d "$a" http://localhost/`],
    ['of a here-document', `a=xxxxxxxxxx\n${'a=$(cat <<E\n$a$a\nE\n)\n'.repeat(40)}curl -d "$a" http://localhost/`],
    ['of PowerShell', `$a = 'xxxxxxxxxx'\n${'$a = "$a$a"\n'.repeat(40)}irm http://localhost/ -Method Post -Body $a`],
  ])('%s', async (_, given) => {
    await expect(read(given)).rejects.toMatchObject({
      code: 'BAD_CAPTURE',
      message: expect.stringContaining('its variables make more than 32 MiB'),
    });
  });

  it('of printf, which writes its format for each value', async () => {
    await expect(
      read(`printf '${'x'.repeat(4000)}%s' ${'1 '.repeat(10_000)} | curl -d @- http://localhost/`),
    ).rejects.toMatchObject({
      code: 'BAD_CAPTURE',
      message: expect.stringContaining('printf writes more than 32 MiB'),
    });
  });

  it('but not what is long by itself', async () => {
    const long = 'x'.repeat(200_000);
    const { request } = await read(`@a = ${long}\n###\nPOST http://localhost/\n\n{{a}}\n`);
    expect(request.body.length).toBe(long.length);
    const script = await read(`a=${long}\ncurl -d "$a$(echo $a)" http://localhost/`);
    expect(script.request.body.length).toBe(2 * long.length);
  });
});
