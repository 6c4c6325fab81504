import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { judgingServer } from '../support/judgingServer.js';
import { type K6Run, runK6 } from '../support/k6.js';
import { notForK6 } from '../support/k6Catalogue.js';
import { judgedByPackage, knownTo, loadJudge } from './judges.js';
import { areInstalled } from './packages.js';

const names = judgedByPackage.filter((name) => !Object.hasOwn(notForK6, name));

describe.skipIf(!areInstalled)('what a script for k6 signs', () => {
  it('is judged by the packages of many providers', () => expect(names.length).toBeGreaterThan(20));

  it.each(names)('is accepted by the official package of %s, and with another secret rejected', async (name) => {
    const judge = await loadJudge(name);
    const { defaultEvent, secret } = exampleProvider(name);
    const known = knownTo(name, judge.secret);
    const server = await judgingServer(async (request) => {
      try {
        return (await judge.verify(request, known)) ? null : 'rejected';
      } catch (error) {
        return String(error);
      }
    });
    const argv = ['export', name, defaultEvent, '--format', 'k6', '--secret', known.secret, '--to', known.url];
    const { stdout } = await cli([...argv, '--with-secrets']);
    const send = async (run: K6Run, iteration: number) => {
      const { method, url, body, params } = run.iterate(iteration);
      await fetch(new URL(new URL(url).search, server.url), { method, body, headers: params.headers });
    };
    const genuine = runK6(stdout);
    await send(genuine, 0);
    await send(genuine, 1);
    expect(server.verdicts).toEqual([null, null]);
    await send(runK6(stdout, { [secret.env[0] ?? 'WEBHOOK_SECRET']: another(known.secret) }), 0);
    expect(server.verdicts[2]).not.toBe(null);
  });
});

/** A secret of the same look, with another letter in its middle. */
function another(secret: string): string {
  const at = Math.floor(secret.length / 2) + secret.slice(Math.floor(secret.length / 2)).search(/[0-9A-Za-z]/);
  return secret.slice(0, at) + (secret[at] === 'a' ? 'b' : 'a') + secret.slice(at + 1);
}
