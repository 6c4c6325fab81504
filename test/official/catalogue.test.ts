import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueNames, exampleProvider } from '../support/exampleProviders.js';
import type { Judged } from '../support/judgingServer.js';
import { fiveProviders } from '../support/providers.js';
import { findingsOf, handshakeOf, judgeAll } from './judgeAll.js';
import { judgedByPackage, judgedByRecipe, knownTo, loadJudge } from './judges.js';
import { areInstalled } from './packages.js';
import { officialReceivers } from './receivers.js';

const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops) stop();
});

it('there is a judge for each provider', () => {
  const named = new Set([...fiveProviders.map(({ name }) => name), ...judgedByPackage, ...judgedByRecipe]);
  expect(catalogueNames.filter((name) => !named.has(name))).toEqual([]);
  expect([...named].filter((name) => !catalogueNames.includes(name))).toEqual([]);
});

describe.skipIf(!areInstalled).each(judgedByPackage)('%s, judged by its official package', async (name) => {
  const judge = await loadJudge(name);
  const known = knownTo(name, judge.secret);
  // Where a provider takes one status alone, it is the answer.
  const accepted = Number(exampleProvider(name).policy.success?.value) || 200;
  let url: string;

  beforeAll(async () => {
    const isJson = (type: string | undefined) => type?.includes('json') ?? false;
    const read = async (incoming: IncomingMessage, response: ServerResponse): Promise<Judged> => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      return { incoming, response, text, header: (header) => String(incoming.headers[header] ?? '') };
    };
    const verdictOf = async (request: Judged): Promise<number> => {
      const { incoming, text } = request;
      if (incoming.method !== 'POST' && incoming.method !== exampleProvider(name).method) return 405;
      try {
        if (!(await judge.verify(request, known))) return 401;
      } catch {
        return 401;
      }
      try {
        if (isJson(incoming.headers['content-type'])) JSON.parse(text);
        return accepted;
      } catch {
        return 400;
      }
    };
    const server = createServer(async (incoming, response) => {
      const request = await read(incoming, response);
      const answer = await judge.handshake?.(request, known);
      if (answer) response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      else response.writeHead(await verdictOf(request)).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    // To load a package may take longer than the signed time stays young.
    const nothing = { text: '', header: () => '', incoming: { method: 'POST', headers: {} } } as never;
    await judge.verify(nothing, known).catch(() => false);
  }, 120_000);

  judgeAll(name, () => ({ url, secret: known.secret }), Object.keys(judge.taken ?? {}));

  it.skipIf(!judge.handshake)(
    'answers what comes before the first event, and rejects it with another secret',
    async () => {
      expect(await handshakeOf(name, url, known.secret)).toMatchObject({ exitCode: 0 });
      expect(await handshakeOf(name, url, `${known.secret}-another`)).toMatchObject({ exitCode: 1 });
    },
  );

  // receivers.test.ts checks the receivers that the documents of these packages show.
  const isChecked = officialReceivers.some(({ provider }) => provider === name);
  it.skipIf(isChecked)('has no findings, where a receiver does what it says', async () => {
    const { exitCode, findings } = await findingsOf(name, url, known.secret, Object.keys(judge.knownCases ?? {}));
    expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
  });
});
