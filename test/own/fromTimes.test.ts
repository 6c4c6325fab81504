import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const body = '{"type":"note.made"}';
const captureOf = (time: string) =>
  [
    'POST /hook HTTP/1.1',
    'Host: hooks.example',
    'Content-Type: application/json',
    `X-Acme-Time: ${time}`,
    `X-Acme-Signature: ${createHmac('sha256', 'its secret').update(`${time}.${body}`).digest('hex')}`,
    '',
    body,
  ].join('\r\n');

async function begun(time: string) {
  const cwd = folderOf({ capture: captureOf(time) });
  const { stderr, exitCode } = await cli(
    ['provider', 'new', 'acme', '--from', 'capture', '--secret', 'its secret', '--event', 'note.made'],
    { cwd },
  );
  const { values, headers } = parse(readFileSync(join(cwd, 'webhooks/acme/provider.yaml'), 'utf8'));
  return { stderr, exitCode, values, headers };
}

describe('the time of a captured header', () => {
  it.each([
    ['1769850000', 'unix-seconds'],
    ['1769850000123', 'unix-millis'],
    ['1769850000123456', 'unix-micros'],
    ['1769850000123456789', 'unix-nanos'],
    ['2026-01-31T09:00:00Z', 'iso-seconds'],
    ['2026-01-31T09:00:00.123456789Z', 'iso-nanos'],
    ['2026-01-31T09:00:00.1234567Z', 'iso-dotnet'],
    ['2026-01-31T16:00:00.1234567+07:00', 'iso-dotnet'],
    ['20260131T090000Z', 'iso-basic'],
    ['1769850000.123456', 'unix-float'],
    ['2026-01-31T16:00:00+07:00', 'iso-seconds'],
    ['Sat, 31 Jan 2026 09:00:00 GMT', 'rfc1123'],
    ['2026-01-31 09:00:00', 'sql-seconds'],
  ])('%s is a fresh one (%s)', async (time, format) => {
    const { values, headers, stderr, exitCode } = await begun(time);
    expect(values.timestamp).toMatchObject({ kind: 'time', format });
    expect(headers['X-Acme-Time']).toBe('{timestamp}');
    expect(stderr).not.toContain('stays as captured');
    expect(exitCode).toBe(0);
  });

  it.each([
    '2026-01-31T09:00:00.12345Z',
    '20260131T0900Z',
    '1769850000.123',
    '20260131T090000123Z',
    '20260131090000',
    '2026-01-31t09:00:00z',
    'Sat Jan 31 09:00:00 2026',
    'Saturday, 31-Jan-26 09:00:00 GMT',
    'Sat Jan 31 2026 09:00:00 GMT+0000 (Coordinated Universal Time)',
    '31/01/2026 09:00:00',
  ])('%s stays as it is, and that is said', async (time) => {
    const { stderr } = await begun(time);
    expect(stderr).toContain('Proven');
    expect(stderr).toContain(`X-Acme-Time stays as captured (${time})`);
  });
});
