import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, it } from 'vitest';
import { createDelivery } from '../../src/api/createDelivery.js';
import { writeJson } from '../../src/json/dialect.js';
import { sampleNames } from '../../src/payloads/sampleName.js';
import { Transport } from '../../src/transport/transport.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';
import { areInstalled, load } from './packages.js';

const provider = exampleProvider('github');
const transport = new Transport();
const stops: (() => unknown)[] = [() => transport.close()];
afterAll(() => Promise.all(stops.map((stop) => stop())));

interface Operation {
  readonly operationId: string;
}

/** GitHub's own description of its webhooks. */
function readOpenApi() {
  const file = 'node_modules/@octokit/openapi-webhooks/generated/api.github.com.json';
  const document = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as {
    readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true, inlineRefs: false });
  addFormats.default(ajv as unknown as Ajv);
  ajv.addSchema(document, 'github');
  const webhooks = Object.entries(document.webhooks).map(([key, { post }]) => ({
    // `pull-request/opened` is the event pull_request with the action opened.
    name: post.operationId.replaceAll('-', '_').replace('/', '.'),
    reference: `github#/webhooks/${key}/post/requestBody/content/application~1json/schema`,
  }));
  return { webhooks, ajv };
}

/** Events whose schema takes no body: each of three members has to be null and an object. */
const impossible = ['repository_advisory.published', 'repository_advisory.reported'];

describe.skipIf(!areInstalled)("samples of github, judged by GitHub's OpenAPI", () => {
  const { webhooks, ajv } = areInstalled ? readOpenApi() : { webhooks: [], ajv: new Ajv2020() };
  // The action is what the body has; the id of the operation writes its dot as a line.
  const nameOf = (name: string) => name.replace('sample_collected', 'sample.collected');

  it('are there for each of its webhooks, by its names', () => {
    expect(webhooks).toHaveLength(261);
    expect(webhooks.map(({ name }) => nameOf(name)).sort()).toEqual(Object.keys(provider.events).sort());
  });

  it('are valid', { timeout: 240_000 }, () => {
    const validators = new Map(
      webhooks.map(({ name, reference }) => [nameOf(name), ajv.compile({ $ref: reference })] as const),
    );
    const found = sampleNames(provider).flatMap(({ event, variant }) => {
      const validate = validators.get(event)!;
      const isValid = validate(JSON.parse(writeJson(exampleSample(provider, event, variant), 'js')));
      return isValid ? [] : [[event, ...(validate.errors ?? []).map(({ instancePath }) => instancePath)]];
    });
    expect(found.map(([event]) => event)).toEqual(impossible);
    expect(new Set(found.flatMap((each) => each.slice(1)))).toEqual(
      new Set(['author', 'publisher', 'private_fork'].map((member) => `/repository_advisory/${member}`)),
    );
  });
});

describe.skipIf(!areInstalled)('samples of github, sent to an application of @octokit/webhooks', () => {
  it('reach the handler of their event', { timeout: 120_000 }, async () => {
    type Received = { name: string; payload: { action?: string; sender?: { login: string } } };
    type Webhooks = {
      on(event: string, handler: (event: Received) => void): void;
      onError(handler: (e: Error) => void): void;
    };
    const { Webhooks, createNodeMiddleware, emitterEventNames } = await load<{
      Webhooks: new (options: { secret: string }) => Webhooks;
      createNodeMiddleware(webhooks: Webhooks, options: { path: string }): Parameters<typeof createServer>[1];
      emitterEventNames: readonly string[];
    }>('@octokit/webhooks');
    const secret = 'known-to-the-tests-alone';
    const webhooks = new Webhooks({ secret });
    const calls: string[] = [];
    const errors: Error[] = [];
    webhooks.onError((error) => errors.push(error));
    for (const event of Object.keys(provider.events)) {
      expect(emitterEventNames, event).toContain(event);
      webhooks.on(event, ({ name, payload }) => {
        const emitted = payload.action === undefined ? name : `${name}.${payload.action}`;
        calls.push(`${event} ${emitted} ${payload.sender?.login}`);
      });
    }
    const server = createServer(createNodeMiddleware(webhooks, { path: '/' }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    for (const event of Object.keys(provider.events)) {
      const { status } = await transport.send(await createDelivery({ provider: 'github', event, url, secret }), 60_000);
      expect(status, event).toBe(200);
      expect(calls.pop()).toMatch(new RegExp(`^(${event}) \\1 [a-z]+-`));
      expect(calls).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
});
