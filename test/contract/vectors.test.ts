import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { providers } from './samples.js';
import { type Vector, vectors } from './vectors.js';

describe('signatures', () => {
  it.each(providers)('of $name are those of its vector', async ({ name, defaultEvent }) => {
    const vector: Vector | undefined = vectors[name];
    if (!vector) {
      throw new Error(
        `${name} has no vector: add one to test/contract/vectors.ts, from the provider's documents or computed by other means than this program.`,
      );
    }
    const server = await captureServer();
    const { exitCode, stderr } = await cli(
      ['send', name, defaultEvent, '--to', server.url, '--raw', '-', '--secret', vector.secret],
      { stdin: vector.body },
    );
    expect(stderr).not.toContain(vector.secret);
    expect(exitCode).toBe(0);
    expect(server.requests.map(({ body }) => body.toString('utf8'))).toEqual([vector.body]);
    expect(server.requests[0]!.headers).toContainEqual(vector.header);
  });

  it('have no vector of a provider that does not exist', () => {
    const names = providers.map(({ name }) => name);
    expect(Object.keys(vectors).filter((name) => !names.includes(name))).toEqual([]);
  });
});
