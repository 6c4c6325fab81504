import { describe, expect, it } from 'vitest';
import { setHumanText } from '../../src/check/cases/humanText.js';
import { excerpt, printable, wrap } from '../../src/core/printable.js';
import { asLine } from '../../src/report/shared/jsonLines.js';
import { markdownText } from '../../src/report/suite/githubSummary.js';
import { bodyView } from '../../src/report/suite/html/deliveryDetails.js';
import { element } from '../../src/report/suite/junitCase.js';
import { cli } from '../support/cli.js';
import { expectLinear } from '../support/expectLinear.js';
import { answering, rudeServer } from '../support/rude.js';

const bytes = (text: string) => Buffer.from(text);

/** The functions that a receiver's text passes through. */
const works: Readonly<Record<string, (text: string) => unknown>> = {
  printable,
  excerpt: (text) => excerpt(text, 200),
  markdownText,
  wrap: (text) => wrap(text, 80),
  element: (text) => element('a', { b: text }, [text]),
  asLine: (text) => asLine({ text }),
  bodyView: (text) => bodyView({ body: bytes(text), bytes: text.length, truncated: false }),
  setHumanText: (text) => setHumanText(new Map([['name', text]]), 'x', []),
};

const families = [
  ...[
    ' ',
    'a',
    'a ',
    '#',
    '##a',
    ':',
    '::a',
    '\\',
    '"',
    '[',
    '{"a":',
    '\r\n',
    '\r',
    '\x1b[',
    'e\u0301',
    '\ud83d',
    '<',
    '@',
  ],
];

const repeated = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

describe.each(Object.entries(works))('%s', (_, work) => {
  it.each(families)('takes time in proportion to the length of %j', async (family) => {
    const before = ['', '::a'];
    for (const start of before) {
      const short = start + repeated(family, 4096);
      const long = start + repeated(family, 65_536);
      await expectLinear(
        () => work(short),
        () => work(long),
        16,
      );
    }
  });
});

describe('send to a receiver that answers at length', () => {
  it.each([65_536, 1_048_000])('takes no longer for %d spaces than for letters', async (length) => {
    const sending = async (piece: string) => {
      const { url } = await rudeServer(
        answering(`HTTP/1.1 400 No\r\nContent-Length: ${length}\r\n\r\n${piece.repeat(length)}`),
      );
      const command = ['send', 'scalev', 'order.created', '--to', url, '--timeout', '30s'];
      const times: number[] = [];
      for (const flags of [[], ['-v']]) {
        const start = process.cpuUsage();
        await cli([...command, ...flags]);
        const { user, system } = process.cpuUsage(start);
        times.push((user + system) / 1000);
      }
      return Math.min(...times);
    };
    await sending('a');
    expect(await sending(' ')).toBeLessThan(10 * (await sending('a')) + 200);
  });
});
