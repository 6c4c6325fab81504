import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Ajv, AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, it } from 'vitest';
import { writeJson } from '../../src/json/dialect.js';
import { sampleNames } from '../../src/payloads/sampleName.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';
import { areInstalled } from './packages.js';

const run = promisify(execFile);
const packages = join(import.meta.dirname, 'node_modules');
const compiler = join(import.meta.dirname, '../../node_modules/@typescript/native/bin/tsc');
const folder = mkdtempSync(join(import.meta.dirname, 'types-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface SampleText {
  readonly event: string;
  readonly name: string;
  readonly text: string;
}

/** All samples of a provider, as JSON. */
function samplesOf(name: string): SampleText[] {
  const provider = exampleProvider(name);
  return sampleNames(provider).map(({ event, variant }) => ({
    event,
    name: variant === null ? event : `${event} ${variant}`,
    text: writeJson(exampleSample(provider, event, variant), 'js'),
  }));
}

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(packages, ...path), 'utf8'));

/** Complaints of a schema about a sample. */
function complaints(validate: ReturnType<Ajv['compile']>, text: string): string[] {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

describe.skipIf(!areInstalled)('samples of shopify, judged by shopify-webhook-schemas', () => {
  /** Texts that the schemas take for times, as those of the examples that they were made of looked like some. */
  const noTimes =
    /^\/(?:payment_instrument\/last_digits|created_on_api_version_handle|\w+\/destination\/zip|payment_details\/credit_card_bin) must match format/;

  it('are there for each topic of the version, and valid', { timeout: 120_000 }, () => {
    const topics = readdirSync(join(packages, 'shopify-webhook-schemas/schemas/2026-01'), {
      recursive: true,
      encoding: 'utf8',
    }).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
    expect(topics).toHaveLength(200);
    expect(Object.keys(exampleProvider('shopify').events).sort()).toEqual(topics.sort());
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv as unknown as Ajv);
    const found = samplesOf('shopify').map(({ event, name, text }) => {
      const schema: AnySchema = readJson('shopify-webhook-schemas/schemas/2026-01', `${event}.json`);
      return [name, complaints(ajv.compile(schema), text).filter((complaint) => !noTimes.test(complaint))];
    });
    expect(found).toEqual(found.map(([name]) => [name, []]));
  });
});

interface Types {
  readonly head: string;
  /** The type that a sample has to fit. */
  readonly typeOf: (body: Body) => string;
  /** The sample as an expression of TypeScript. */
  readonly written?: (text: string) => string;
}

interface Body {
  readonly data: { readonly type: string; readonly attributes: Readonly<Record<string, unknown>> };
  readonly type: string;
  readonly event: { readonly type: string };
}

const capitalised = (name: string) =>
  name
    .split(/[._]/)
    .map((part) => `${part[0]!.toUpperCase()}${part.slice(1)}`)
    .join('');

/** The name of a type for a plural such as `order_copies`. */
const singular = (name: string) =>
  capitalised(name)
    .replace(/ies$/, 'y')
    .replace(/(ss)es$|s$/, '$1');

/** The types of events of Linear that are not of an entity. */
const linearTypes: Record<string, string> = {
  AgentSessionEvent: 'AgentSessionEventWebhookPayload',
  AppUserNotification: 'AppUserNotificationWebhookPayloadWithNotification',
  IssueSLA: 'IssueSlaWebhookPayload',
  OAuthApp: 'OAuthAppWebhookPayload',
  PermissionChange: 'AppUserTeamAccessChangedWebhookPayload',
};

const types: Readonly<Record<string, Types>> = {
  commercelayer: {
    // What the token or the caller adds is in no webhook.
    head: `import type * as Sdk from '@commercelayer/sdk';
type Related = { id: string } | { id: string }[];
type Own<T> = Exclude<keyof T, 'id' | 'type' | 'jwt_custom_claim' | 'jwt_customer' | 'jwt_markets' | 'jwt_stock_locations' | '_external_price'>;
type Attributes<T> = Required<{ [K in Own<T> as NonNullable<T[K]> extends Related ? never : K]: T[K] }>;
type Relationships<T> = Record<keyof { [K in Own<T> as NonNullable<T[K]> extends Related ? K : never]: never }, object>;
type Document<T> = { attributes: Attributes<T>; relationships: Relationships<T> };
type Destroyed<T> = { attributes: Record<keyof Attributes<T>, null>; relationships: Relationships<T> };`,
    typeOf: ({ data: { type, attributes } }) =>
      `${attributes.created_at === null ? 'Destroyed' : 'Document'}<Sdk.${singular(type)}>`,
    written: (text) => {
      const { attributes, relationships } = JSON.parse(text).data;
      return JSON.stringify({ attributes, relationships });
    },
  },
  stripe: {
    head: "import type Stripe from 'stripe';",
    typeOf: ({ type }) => `Extract<Stripe.Event, { type: '${type}' }>`,
    // The package makes numbers of its own of these texts.
    written: (text) =>
      text.replaceAll(/("(?:\w+_decimal|metric_tons(?:_available)?|fx_rate)":)"[^"]*"/g, '$1(null as never)'),
  },
  slack: {
    head: "import type { SlackEvent } from '@slack/types';\ninterface Envelope { type: 'event_callback'; event_id: string; event_time: number; api_app_id: string; team_id: string; authorizations: object[]; [more: string]: unknown; event: SlackEvent & { event_ts: string; client_msg_id?: string } }",
    typeOf: () => 'Envelope',
    // A message without a subtype has one that is undefined, by its type.
    written: (text) =>
      text.replaceAll(
        /"type":"message",(?!"subtype"|"permalink"|"channel":"\w+",(?:"ts":"[\d.]+"\}|"created_by"))/g,
        '$&"subtype":undefined,',
      ),
  },
  discord: {
    head: `import type { APIWebhookEvent } from 'discord-api-types/v10';
type Loose<T> = T extends string ? T | \`\${T}\` : T extends number ? number : T extends object ? { [K in keyof T]: Loose<T[K]> } : T;
type Event = Loose<APIWebhookEvent & { event?: { data?: { promotion_id?: null; gift_code_flags?: number } } }>;`,
    typeOf: ({ event }) => (/^(APPLICATION|ENTITLEMENT)_/.test(event.type) ? 'Event' : 'object'),
  },
  line: { head: "import type { webhook } from '@line/bot-sdk';", typeOf: () => 'webhook.CallbackRequest' },
  linear: {
    head: "import type * as Linear from '@linear/sdk/webhooks';",
    typeOf: ({ type }) => `Linear.${linearTypes[type] ?? `EntityWebhookPayloadWith${type}Data`}`,
    written: (text) =>
      text
        .replace(
          /("createdAt":)"[^"]*"(,"(?:data|issueData|type|oauthClientId|appUserId|organizationId|agentSession)")/,
          '$1new Date()$2',
        )
        .replaceAll('"reactionData":[]', '"reactionData":[] as never'),
  },
  square: {
    head: "import type * as Square from '../node_modules/square/serialization/index.js';",
    typeOf: ({ type }) =>
      `Square.${capitalised(type)
        .replace(/Public(\w+)$/, '$1Public')
        .replace(
          /^OnlineCheckout/,
          '',
        )}Event.Raw & { location_id?: string; data?: { deleted?: boolean; id?: string } }`,
  },
};

describe.skipIf(!areInstalled)('samples, judged by the types of the official package', () => {
  it.each(Object.keys(types))('%s', { timeout: 120_000 }, async (name) => {
    const { head, typeOf, written = (text: string) => text } = types[name]!;
    const samples = samplesOf(name);
    const file = join(folder, `${name}.ts`);
    const lines = samples.map(
      ({ text }, at) => `export const sample${at}: ${typeOf(JSON.parse(text))} = ${written(text)};`,
    );
    // A type that takes anything would prove nothing.
    const wrong = `// @ts-expect-error\nexport const wrong: ${typeOf(JSON.parse(samples[0]!.text))} = { type: 1, events: 1 };`;
    writeFileSync(file, [head, ...lines, wrong].join('\n'));
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2022',
    ];
    const output = await run(process.execPath, [compiler, ...flags, '--types', '', file]).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(output).toBe('');
  });
});
