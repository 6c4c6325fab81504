import { describe, expect, it } from 'vitest';
import { verify } from '../../src/index.js';
import { cli } from '../support/cli.js';
import { catalogueNames, exampleProvider } from '../support/exampleProviders.js';
import { judgingServer } from '../support/judgingServer.js';
import { k6SyntaxErrors, runK6 } from '../support/k6.js';
import { leastDelivery, notForK6 } from '../support/k6Catalogue.js';

const now = Date.parse('2031-05-06T07:08:09.010Z');

describe('a script for k6', () => {
  it.each(Object.entries(notForK6))('says that it can not sign as %s does', async (name, algorithm) => {
    const { exitCode, stdout, stderr } = await cli(['export', name, '--format', 'k6']);
    expect(stderr).toMatch(
      new RegExp(`can't be sent by a script of k6: it is signed with ${algorithm}, .*The command load `),
    );
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  describe.each(catalogueNames.filter((name) => !Object.hasOwn(notForK6, name)))('of %s', (name) => {
    const provider = exampleProvider(name);
    const events = Object.keys(provider.events);
    const script = cli(['export', name, '--format', 'k6']).then(({ stdout }) => stdout);

    it('makes each event as send does at that moment, byte for byte', async () => {
      expect(k6SyntaxErrors(await script)).toEqual([]);
      const run = runK6(await script, {}, { now, drawn: 0 });
      for (const [at, event] of events.entries()) {
        const { method, url, body, params } = run.iterate(at);
        const expected = await leastDelivery(provider, event, now);
        expect([event, method, url]).toEqual([event, expected.method, expected.url]);
        expect(body).toBe(Buffer.from(expected.body).toString('utf8'));
        expect(Object.entries(params.headers)).toEqual(expected.headers);
      }
    });

    it('signs two deliveries of an event, which differ, so that a receiver accepts both', async () => {
      const secret = provider.secret.sample;
      const server = await judgingServer(async ({ incoming, text }) => {
        const { rawHeaders: raw, headers, method, url } = incoming;
        const pairs = raw.flatMap((header, at): [string, string][] => (at % 2 === 0 ? [[header, raw[at + 1]!]] : []));
        const judged = verify({
          provider: name,
          secret,
          headers: pairs,
          body: text,
          method: method!,
          url: `http://${headers.host}${url}`,
        });
        return judged.ok ? null : JSON.stringify(judged);
      });
      const { stdout } = await cli(['export', name, provider.defaultEvent, '--format', 'k6', '--to', server.url]);
      // Where nothing but the time is fresh, it is the next second that makes a difference.
      for (const now of [Date.now() - 1000, Date.now()]) {
        const { method, url, body, params } = runK6(stdout, {}, { now }).iterate(0);
        await fetch(url, { method, body, headers: params.headers });
      }
      expect(server.verdicts).toEqual([null, null]);
      const [one, two] = server.received.map(({ headers, body }) =>
        JSON.stringify([headers, Buffer.from(body).toString()]),
      );
      // Nothing is renewed in what stands in Base64, by send neither.
      if (name === 'braintree') expect(one).toBe(two);
      else expect(one).not.toBe(two);
    });
  });
});
