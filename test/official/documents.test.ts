import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProvider } from '../support/exampleProviders.js';
import { findingsOf, handshakeOf, judgeAll } from './judgeAll.js';
import { judgedByRecipe, knownTo } from './judges.js';

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

describe('what a receiver does by the documents', () => {
  let base: string;

  beforeAll(async () => {
    const settings = Object.fromEntries(judgedByRecipe.map((name) => [name, knownTo(name)]));
    const env = { ...process.env, SETTINGS: JSON.stringify(settings) };
    const program = join(import.meta.dirname, 'recipes/request_server.py');
    const child = spawn('/usr/bin/python3', ['-B', program], { env, stdio: 'pipe' });
    const ended = once(child, 'close');
    const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [])]);
    base = `http://127.0.0.1:${port}`;
    stops.push(() => {
      child.stdin.end();
      return ended;
    });
  });

  describe.each(judgedByRecipe)('of %s', (name) => {
    const known = knownTo(name);
    judgeAll(name, () => ({ url: `${base}/${name}`, secret: known.secret }), null);

    it('has no findings', async () => {
      const { exitCode, findings } = await findingsOf(name, `${base}/${name}`, known.secret, []);
      expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
    });

    const { handshakes = {} } = exampleProvider(name);
    it.skipIf(Object.keys(handshakes).length === 0)('answers what comes before the first event', async () => {
      const answered = await handshakeOf(name, `${base}/${name}`, known.secret);
      expect(answered).toMatchObject({ exitCode: 0 });
    });
  });
});
