import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDelivery } from '../../src/api/createDelivery.js';
import type { Delivery } from '../../src/core/delivery.js';
import { UsageError } from '../../src/core/errors.js';
import { findForgery, forgeries } from '../../src/forge/forgeries.js';
import { inapplicableReason } from '../../src/forge/inapplicableReason.js';
import { Transport } from '../../src/transport/transport.js';
import { cli } from '../support/cli.js';
import { catalogueNames, exampleProvider } from '../support/exampleProviders.js';
import { fiveProviders } from '../support/providers.js';
import { judgedByPackage, judgedByRecipe, knownTo, loadJudge, publicUrl } from './judges.js';
import { areInstalled } from './packages.js';

const transport = new Transport();
const stops: (() => unknown)[] = [() => transport.close()];
afterAll(async () => {
  for (const stop of stops) await stop();
});

it('there is a judge for each provider', () => {
  const named = new Set([...fiveProviders.map(({ name }) => name), ...judgedByPackage, ...judgedByRecipe]);
  expect(catalogueNames.filter((name) => !named.has(name))).toEqual([]);
  expect([...named].filter((name) => !catalogueNames.includes(name))).toEqual([]);
});

/** Deliveries of a provider to an address that is not the one by which the receiver is known. */
function deliveriesTo(name: string, url: string, secret: string) {
  const make = (event: string, forge?: string): Promise<Delivery> =>
    createDelivery({ provider: name, event, url, publicUrl, secret, ...(forge && { forge: forge as never }) });
  const statusOf = async (event: string, forge?: string) => {
    const { status, error } = await transport.send(await make(event, forge), 60_000);
    return status ?? error;
  };
  return { make, statusOf };
}

/** The forgeries that a signature alone has to keep out. */
function meaningfulForgeries(name: string): string[] {
  const provider = exampleProvider(name);
  return forgeries.flatMap((forgery) => {
    const { change } = forgery;
    // Whether a signed time is looked at is not what a signature proves.
    if ((change.stage === 'time' && change.signed) || (change.stage === 'sent time' && change.as !== 'nothing'))
      return [];
    if (change.stage === 'secret' && change.with === 'sample') return [];
    return inapplicableReason(forgery, provider) === null ? [forgery.name] : [];
  });
}

const isAccepted = (status: unknown) => typeof status === 'number' && status >= 200 && status < 300;

function judgeAll(name: string, receiver: () => { url: string; secret: string }, taken: readonly string[]) {
  const provider = exampleProvider(name);

  it('accepts each event', async () => {
    const { statusOf } = deliveriesTo(name, receiver().url, receiver().secret);
    const rejected: [event: string, status: unknown][] = [];
    for (const event of Object.keys(provider.events)) {
      const status = await statusOf(event);
      if (!isAccepted(status)) rejected.push([event, status]);
    }
    expect(rejected).toEqual([]);
  });

  it('rejects each event with a false signature or token', async () => {
    const forge = inapplicableReason(findForgery('wrong-secret'), provider) === null ? 'wrong-secret' : undefined;
    if (!forge) return;
    const { statusOf } = deliveriesTo(name, receiver().url, receiver().secret);
    const accepted: string[] = [];
    for (const event of Object.keys(provider.events)) {
      if (isAccepted(await statusOf(event, forge))) accepted.push(event);
    }
    expect(accepted).toEqual([]);
  });

  it('rejects each forgery', async () => {
    const { statusOf } = deliveriesTo(name, receiver().url, receiver().secret);
    const accepted: string[] = [];
    for (const forge of meaningfulForgeries(name).filter((each) => !taken.includes(each))) {
      try {
        if (isAccepted(await statusOf(provider.defaultEvent, forge))) accepted.push(forge);
      } catch (error) {
        if (!(error instanceof UsageError && error.code === 'MEANINGLESS_FORGERY')) throw error;
      }
    }
    expect(accepted).toEqual([]);
  });
}

/** What `check` says of a receiver. */
async function findingsOf(name: string, url: string, secret: string, skipped: readonly string[]) {
  const skip = skipped.flatMap((each) => ['--skip', each]);
  const argv = ['check', name, '--to', url, '--secret', secret, '--public-url', publicUrl, '--json', ...skip];
  const { exitCode, json, stderr } = await cli(argv);
  const { findings } = json.at(-1) ?? {};
  if (!findings) throw new Error(`check printed no summary. ${stderr}`);
  return { exitCode, findings: findings.map((finding: { name: string }) => finding.name) };
}

describe.skipIf(!areInstalled).each(judgedByPackage)('%s, judged by its official package', async (name) => {
  const judge = await loadJudge(name);
  const known = knownTo(name, judge.secret);
  // Where a provider takes one status alone, it is the answer.
  const accepted = Number(exampleProvider(name).policy.success?.value) || 200;
  let url: string;

  beforeAll(async () => {
    const isJson = (type: string | undefined) => type?.includes('json') ?? false;
    const verdictOf = async (incoming: IncomingMessage, response: ServerResponse): Promise<number> => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      const header = (header: string) => String(incoming.headers[header] ?? '');
      if (incoming.method !== 'POST' && incoming.method !== exampleProvider(name).method) return 405;
      try {
        if (!(await judge.verify({ incoming, response, text, header }, known))) return 401;
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
      const status = await verdictOf(incoming, response);
      response.writeHead(status).end();
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

  it('has no findings, where a receiver does what it says', async () => {
    const { exitCode, findings } = await findingsOf(name, url, known.secret, Object.keys(judge.knownCases ?? {}));
    expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
  });
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
    judgeAll(name, () => ({ url: `${base}/${name}`, secret: known.secret }), []);

    it('has no findings', async () => {
      const { exitCode, findings } = await findingsOf(name, `${base}/${name}`, known.secret, []);
      expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
    });
  });
});
