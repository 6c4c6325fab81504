import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDelivery, diagnose, sign } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';

/** The names of events that are typed, and what the vendors' own documents have on the wire: a header's text, then fields of the body by their paths. */
const known = [
  // docs.github.com/en/webhooks/webhook-events-and-payloads
  ['github', 'pull_request.opened', 'X-GitHub-Event', 'pull_request', { action: 'opened' }],
  ['github', 'push', 'X-GitHub-Event', 'push', { action: undefined }],
  ['github', 'workflow_run.completed', 'X-GitHub-Event', 'workflow_run', { action: 'completed' }],
  // docs.gitlab.com/user/project/integrations/webhook_events
  ['gitlab', 'merge_request.merge', 'X-Gitlab-Event', 'Merge Request Hook', { object_kind: 'merge_request' }],
  ['gitlab', 'job', 'X-Gitlab-Event', 'Job Hook', { object_kind: 'build' }],
  // linear.app/developers/webhooks
  ['linear', 'Issue.remove', 'Linear-Event', 'Issue', { type: 'Issue', action: 'remove' }],
  // plaid.com/docs/api/webhooks
  ['plaid', 'ITEM.ERROR', null, null, { webhook_type: 'ITEM', webhook_code: 'ERROR' }],
  // docs.slack.dev/reference/events/message.im
  ['slack', 'message.im', null, null, { type: 'event_callback' }],
] as const;

describe('events of providers that ship, by the names that people type', () => {
  it.each(known)('%s %s', async (provider, event, header, text, fields) => {
    const server = await captureServer();
    const { json, exitCode } = await cli(['send', provider, event, '--to', server.url, '--json']);
    expect([exitCode, json[0].event]).toEqual([0, event]);
    const [{ headers, body }] = server.requests as [(typeof server.requests)[number]];
    if (header !== null) expect(headers.filter(([name]) => name === header)).toEqual([[header, text]]);
    const sent = JSON.parse(body.toString());
    expect(Object.fromEntries(Object.keys(fields).map((name) => [name, sent[name]]))).toEqual(fields);
    const found = await diagnose({ provider, headers, body });
    expect(found.event).toEqual({ name: event, isKnown: true });
  });

  it('are those of globs, suites, flows and the log', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': `target: demo
flows:
  review: { steps: [{ send: github pull_request.opened }, { send: github pull_request.closed, after: 1m }] }
`,
      'a.webhooks.yaml': 'cases: [{ send: github pull_request.* }, { send: linear Issue.create }]\n',
    });
    const env = { XDG_STATE_HOME: join(cwd, 'state') };
    const events = async (...argv: string[]) => {
      const { json, exitCode } = await cli([...argv, '--json'], { cwd, env });
      expect(exitCode).toBe(0);
      return json.flatMap(({ event, type }) => (event && type !== 'summary' ? [event] : []));
    };
    const pulls = Object.keys(exampleProvider('github').events).filter((event) => event.startsWith('pull_request.'));
    expect(pulls.length).toBeGreaterThan(20);
    expect(await events('send', 'github', 'pull_request.*')).toEqual(pulls);
    expect(new Set(await events('run'))).toEqual(new Set([...pulls, 'Issue.create']));
    expect(await events('flow', 'review')).toEqual(['pull_request.opened', 'pull_request.closed']);
    const logged = await events('log', '--event', 'pull_request.cl*');
    expect(new Set(logged)).toEqual(new Set(['pull_request.closed']));
    const first = await cli(['send', 'github', 'pull_request', '--dry-run'], { cwd, env });
    expect([first.exitCode, first.stderr]).toEqual([
      2,
      expect.stringContaining(`Did you mean ${pulls.slice(0, 3).join(' or ')}?`),
    ]);
  });

  it('are those of the library', async () => {
    const { headers, event } = await createDelivery({ provider: 'github', event: 'issues.labeled' });
    expect([event, new Map(headers).get('X-GitHub-Event')]).toEqual(['issues.labeled', 'issues']);
    await expect(createDelivery({ provider: 'github', event: 'issues' })).rejects.toThrow(/has no event issues\. Did/);
    const body = '{"type":"Comment","action":"create","webhookTimestamp":0}';
    expect(new Map(sign({ provider: 'linear', body })).get('Linear-Event')).toBe('Comment');
  });
});
