import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { scripted } from './scripted.js';

const inProject = (retry: string) =>
  folderOf({
    'webhook-sim.config.yaml': 'providers: [./webhooks/acme]\n',
    'webhooks/acme/provider.yaml': `name: acme\nheaders: { X-Acme: '1' }\nevents: [thing.made]\npolicy: { retry: ${retry} }\n`,
    'webhooks/acme/events/thing.made.json': '{"id":1}',
  });

describe('a provider that says for how long it retries, and nothing of the times', () => {
  it.each([
    ['{ for: 72h }', 15, 'for 72h (acme, documented)', 'for 72h, at times it does not tell'],
    ['{ max: 5, for: 1d }', 6, 'up to 5 for 1d (acme, documented)', 'up to 5 for 1d, at times it does not tell'],
  ])('%s', async (retry, attempts, certainty, shown) => {
    const cwd = inProject(retry);
    const { url, requests } = await scripted(500);
    const { json, stderr } = await cli(
      ['send', 'acme', 'thing.made', '--to', url, '--retry', '--speed', 'instant', '--json'],
      { cwd },
    );
    expect(requests).toHaveLength(attempts);
    const hours = json[0].attempts.at(-1).scheduledAtMs / 3_600_000;
    expect(hours).toBe(retry.includes('72h') ? 72 : 24);
    expect(stderr).toContain(
      `Retries: ${certainty}; it does not say when, so this is an approximation: ${attempts - 1}`,
    );
    expect(stderr).not.toContain('in production');
    expect((await cli(['show', 'acme', 'thing.made'], { cwd })).stdout).toContain(`retries: ${shown}`);
  });

  it.each([
    ['{ delays: [1m] }', 'must say how many retries there are at most, or for how long the provider tries'],
    ['{ max: 1, delays: [1m], for: 1h }', 'has both delays and for'],
    ['{ delays: [1m], for: 1h }', 'has both delays and for'],
    ['{ for: 72 hours }', 'must be a duration'],
    ['{ for: 0s }', 'must be longer than nothing'],
  ])('refuses %s', async (retry, reason) => {
    const { stderr, exitCode } = await cli(['show', 'acme', 'thing.made'], { cwd: inProject(retry) });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });
});
