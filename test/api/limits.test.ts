import { describe, expect, it } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import { findForgery } from '../../src/forge/forgeries.js';
import { check, createDelivery, simulate, UsageError } from '../../src/index.js';
import { checkOptions } from '../../src/options/check.js';
import { readOptions } from '../../src/options/readOptions.js';
import { sendOptions } from '../../src/options/send.js';
import { sendSettings } from '../../src/session/send/sendSettings.js';
import { answering } from '../retry/scripted.js';
import { cli } from '../support/cli.js';

const url = 'http://127.0.0.1:1';

/** The code by which the command line rejects flags, or null where it does not. */
function codeOfCli(read: () => unknown): Promise<string | null> {
  return codeOfLibrary(async () => read());
}

/** The code by which the library rejects options, or null where it does not. */
async function codeOfLibrary(act: () => Promise<unknown>): Promise<string | null> {
  return act().then(
    () => null,
    (error: unknown) => {
      if (error instanceof UsageError) return error.code;
      throw error;
    },
  );
}

type Use = 'create' | 'simulate' | 'check';

/** Runs a library function with options, as far as it gets without a receiver. */
function use(way: Use, options: object): Promise<unknown> {
  const given = { provider: 'scalev', event: 'order.created', url, ...options };
  if (way === 'create') return createDelivery(given as never);
  if (way === 'check')
    return check(given as never)
      [Symbol.asyncIterator]()
      .next();
  const signal = AbortSignal.abort();
  const { event, ...many } = given;
  return simulate({ ...many, events: [event], signal } as never).next();
}

interface Row {
  /** The flag, and the option of the library that says the same. */
  readonly flag: string;
  readonly option: (value: string) => object;
  readonly use: Use;
  readonly code: string;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

const number = (name: string) => (value: string) => ({ [name]: Number(value) });
const text = (name: string) => (value: string) => ({ [name]: value });
const retry = (name: string) => (value: string) => ({
  schedule: ['1m'],
  [name]: name === 'schedule' ? value.split(',') : value,
});

/** Every option that has limits, with values on both sides of each. */
const rows: readonly Row[] = [
  {
    flag: '--count',
    option: number('count'),
    use: 'simulate',
    code: 'BAD_NUMBER',
    bad: ['0', '1.5', '-1', '100000001', 'x'],
    good: ['1', '100000000'],
  },
  {
    flag: '--concurrency',
    option: number('concurrency'),
    use: 'simulate',
    code: 'BAD_NUMBER',
    bad: ['0', '1.5', '1001', 'x'],
    good: ['1', '1000'],
  },
  {
    flag: '--duplicate',
    option: number('duplicate'),
    use: 'simulate',
    code: 'BAD_NUMBER',
    bad: ['0', '2.5', '101', 'x'],
    good: ['1', '100'],
  },
  {
    flag: '--seed',
    option: number('seed'),
    use: 'create',
    code: 'BAD_NUMBER',
    bad: ['-1', '0.5', '9007199254740992', 'x'],
    good: ['0', '9007199254740991'],
  },
  {
    flag: '--now',
    option: text('now'),
    use: 'create',
    code: 'BAD_TIME',
    bad: ['999999999', '2001-09-09', '2286-11-21', 'yesterday', 'March 7, 2026', '12'],
    good: ['1000080000', '2026-03-04T05:06:07Z', '2286-11-20'],
  },
  {
    flag: '--timeout',
    option: text('timeout'),
    use: 'simulate',
    code: 'BAD_DURATION',
    bad: ['0s', '0.5ms', '25h', '5', 'soon'],
    good: ['1ms', '24h'],
  },
  {
    flag: '--schedule',
    option: retry('schedule'),
    use: 'simulate',
    code: 'BAD_SCHEDULE',
    bad: ['8d', Array(101).fill('1s').join(',')],
    good: ['7d', '0s', Array(100).fill('1s').join(',')],
  },
  {
    flag: '--schedule',
    option: retry('schedule'),
    use: 'simulate',
    code: 'BAD_DURATION',
    bad: ['1m,', 'later', '5'],
    good: ['1m, 10m'],
  },
  {
    flag: '--speed',
    option: retry('speed'),
    use: 'simulate',
    code: 'BAD_SPEED',
    bad: ['0x', '600', 'fast', '1000000001x', '-1x'],
    good: ['instant', '0.5x', '1000000000x'],
  },
  {
    flag: '--expect',
    option: text('expect'),
    use: 'simulate',
    code: 'BAD_STATUS_RULE',
    bad: ['6xx', '99', 'ok', ''],
    good: ['4xx', '200,204'],
  },
  {
    flag: '--fresh',
    option: text('fresh'),
    use: 'create',
    code: 'UNKNOWN_CHOICE',
    bad: ['none', ''],
    good: ['ids', 'all'],
  },
  {
    flag: '--forge',
    option: text('forge'),
    use: 'create',
    code: 'UNKNOWN_FORGERY',
    bad: ['wrong-secrt'],
    good: ['wrong-secret'],
  },
  {
    flag: '--dialect',
    option: text('dialect'),
    use: 'create',
    code: 'UNKNOWN_DIALECT',
    bad: ['cobol', ''],
    good: ['python'],
  },
  {
    flag: '--budget',
    option: text('budget'),
    use: 'check',
    code: 'BAD_DURATION',
    bad: ['0s', '25h', '60'],
    good: ['1ms'],
  },
];

/** Flags that have limits but no option of the library, and why. */
const exceptions = {
  '--fault': 'goes wrong on the wire, which a handler in this process does not have',
  '--jitter': 'of flow, which reads it as the command does',
};

describe('limits of the command line and the library', () => {
  it.each(rows)('are the same: $flag is rejected as $code', async ({ flag, option, use: way, code, bad, good }) => {
    const name = flag.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const more = flag === '--speed' ? { retry: true as const } : {};
    const read = (value: string) => () => {
      if (flag === '--forge') return findForgery(value);
      const given = { ...more, [name]: value };
      if (way === 'check') return readOptions(checkOptions, given, flagName);
      return sendSettings(readOptions(sendOptions, given, flagName));
    };
    for (const value of bad) {
      expect([value, await codeOfCli(read(value))]).toEqual([value, code]);
      expect([value, await codeOfLibrary(() => use(way, option(value)))]).toEqual([value, code]);
    }
    for (const value of good) {
      expect([value, await codeOfCli(read(value))]).toEqual([value, null]);
      expect([value, await codeOfLibrary(() => use(way, option(value)))]).toEqual([value, null]);
    }
  });

  it('are of all flags that take a value and can take a wrong one', async () => {
    const { stdout } = await cli(['send', '--help']);
    const { stdout: more } = await cli(['check', '--help']);
    const valued = new Set(
      [
        ...`${stdout}${more}`.matchAll(
          /^ {2}(?:-\w, )?(--[a-z-]+) <(n|number|time|duration|delays|speed|status|fault|name|ids\|all)>/gm,
        ),
      ].map(([, flag]) => flag),
    );
    const known = new Set([...rows.map(({ flag }) => flag), ...Object.keys(exceptions)]);
    // What a provider, this project or a capture holds has no limits.
    const names = ['--variant', '--mode', '--only', '--skip', '--to', '--entry'];
    expect([...valued].filter((flag) => !known.has(flag!) && !names.includes(flag!))).toEqual([]);
    expect(valued.size).toBeGreaterThan(9);
  });

  it('a time may be a Date or milliseconds, too', async () => {
    for (const now of [new Date(0), 1_700_000_000, Number.NaN, new Date('x')]) {
      expect(await codeOfLibrary(() => use('create', { now }))).toBe('BAD_TIME');
    }
    expect(await codeOfLibrary(() => use('create', { now: 1_700_000_000_000 }))).toBeNull();
  });
});

describe('defaults of the command line and the library', () => {
  it('retries are 600 times as fast, each event is sent once, one after the other', async () => {
    const { url: receiver } = await answering((_, at) => (at % 2 === 0 ? 500 : 200));
    const slept: number[] = [];
    const clock = {
      now: Date.now,
      sleep: async (ms: number) => {
        slept.push(ms);
      },
    };
    await cli(['send', 'scalev', 'order.created', '--schedule', '10m', '--to', receiver, '-q'], { clock });
    expect(slept).toContain(1000);
    const started = performance.now();
    const statuses: unknown[] = [];
    for await (const event of simulate({
      provider: 'scalev',
      events: ['order.created'],
      url: receiver,
      schedule: ['1m'],
    })) {
      if (event.type === 'delivery') statuses.push(event.attempts.map(({ status }) => status));
    }
    // A minute, in a tenth of a second.
    expect(performance.now() - started).toBeGreaterThan(95);
    expect(statuses).toEqual([[500, 200]]);
  });

  it('copies are sent as often as told', async () => {
    const { url: receiver, requests } = await answering(() => 200);
    for await (const event of simulate({
      provider: 'scalev',
      events: ['order.created'],
      url: receiver,
      duplicate: 3,
    })) {
      if (event.type === 'summary') expect(event.sent).toBe(3);
    }
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    expect(requests).toHaveLength(3);
  });
});
