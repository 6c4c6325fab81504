import { describe, expect, it } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import { UsageError } from '../../src/core/errors.js';
import { readWait as readTyped, type WaitFlags } from '../../src/launch/readWait.js';

const command = ['npm', 'start'];

const readWait = (flags: Omit<WaitFlags, 'nameOf'>) => readTyped({ ...flags, nameOf: flagName });

describe('readWait', () => {
  it('waits for nothing unless it is told to, or something is started', () => {
    expect(readWait({})).toBeNull();
    expect(readWait({ command: [] })).toBeNull();
    expect(readWait({ command })).toEqual({ limitMs: 60_000, answer: null });
  });

  it('reads the limit', () => {
    expect(readWait({ wait: '30s' })).toEqual({ limitMs: 30_000, answer: null });
    expect(readWait({ wait: '500ms', command })).toEqual({ limitMs: 500, answer: null });
    expect(readWait({ waitFor: '/health' })!.limitMs).toBe(60_000);
    expect(readWait({ waitFor: '/health', wait: '2m' })!.limitMs).toBe(120_000);
  });

  it.each([
    ['/health', '/health', '2xx or 3xx', [200, 204, 302, 399], [199, 400, 401, 503]],
    ['/a?b=c:d', '/a?b=c:d', '2xx or 3xx', [200], [404]],
    ['204:/health', '/health', '204', [204], [200, 302]],
    ['200,401:/health', '/health', '200 or 401', [200, 401], [204, 403]],
    ['4xx:https://api.example/x', 'https://api.example/x', '4xx', [400, 499], [200, 500]],
    ['localhost:3000/up', 'http://localhost:3000/up', '2xx or 3xx', [200], [500]],
    [':3000', 'http://localhost:3000/', '2xx or 3xx', [200], [500]],
    ['200:localhost:3000', 'http://localhost:3000/', '200', [200], [201]],
  ])('reads --wait-for %s', (text, address, status, accepted, others) => {
    const { answer } = readWait({ waitFor: text })!;
    expect(answer).toMatchObject({ address, status });
    expect(accepted.filter((each) => !answer!.accepts(each))).toEqual([]);
    expect(others.filter((each) => answer!.accepts(each))).toEqual([]);
  });

  it.each<[Parameters<typeof readWait>[0], string]>([
    [{ wait: '30' }, '--wait: "30" is not a duration. Write a number and a unit: 500ms, 5s, 1m.'],
    [{ wait: '0s' }, '--wait: 0s is not between 1ms and 24h.'],
    [{ wait: '' }, '--wait: "" is not a duration. Write a number and a unit: 500ms, 5s, 1m.'],
    [{ wait: '-1s', command }, '--wait: "-1s" is not a duration. Write a number and a unit: 500ms, 5s, 1m.'],
    [{ waitFor: '200,9:/x' }, '--wait-for: "200,9" is not a status.'],
    [{ waitFor: '/a\nb' }, '--wait-for: "/a\\nb" is neither'],
    [{ waitFor: 'ftp://user:canary@host/' }, '--wait-for: "…@host/" is neither'],
  ])('rejects %j', (flags, message) => {
    const read = () => readWait(flags);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });

  it.each(['', 'health', '//host/x', '/\\host/x', '/a b', '600:/x', 'ftp://x/', '204:'])(
    'rejects --wait-for "%s"',
    (waitFor) => {
      expect(() => readWait({ waitFor })).toThrow(
        `--wait-for: "${waitFor}" is neither a path nor a URL. Write /health, a whole URL, or either after the status that is awaited: 204:/health.`,
      );
    },
  );
});
