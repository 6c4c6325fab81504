import { expect } from 'vitest';
import { type Captured, captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { type Leaves, leavesOf } from '../support/renewed.js';

/** A delivery of a flow, as it came over the wire. */
export interface SentEvent {
  readonly event: string;
  readonly request: Captured;
  readonly body: string;
  readonly leaves: Leaves;
}

/** Sends a flow over the command line; what came, in order. */
export async function sentFlow(provider: string, name: string, ...flags: string[]): Promise<SentEvent[]> {
  const server = await captureServer();
  const { exitCode, json, stderr } = await cli(['flow', provider, name, '--to', server.url, '--json', '-q', ...flags]);
  expect(exitCode, stderr).toBe(0);
  const lines = json.filter(({ type }) => type === 'delivery');
  expect(server.requests).toHaveLength(lines.length);
  return server.requests.map((request, at) => {
    const body = request.body.toString('utf8');
    return { event: lines[at].event, request, body, leaves: leavesOf(body) };
  });
}
