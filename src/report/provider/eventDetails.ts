import { Chalk } from 'chalk';
import type { Delivery } from '../../core/delivery.js';
import type { Fact } from '../../core/fact.js';
import { givenValues } from '../../core/givenValues.js';
import { insteadOfProof } from '../../core/insteadOfProof.js';
import type { Policy, RetrySchedule } from '../../core/policy.js';
import { printable } from '../../core/printable.js';
import type { EventSpec, Proof, Provider } from '../../core/provider.js';
import { modeOf } from '../../core/providerMode.js';
import {
  type ClaimTemplate,
  type HeaderSpec,
  isJsonTemplate,
  type JwtScheme,
  type SchemeOptions,
  templateSource,
} from '../../core/scheme.js';
import { coverageOf, describeAlgorithm, describeScheme, hasKeyPair } from '../../core/schemeFacts.js';
import { wireParts, wirePlaces } from '../../core/wireName.js';
import { requestFacts } from '../shared/requestFacts.js';
import { grouped } from '../shared/words.js';
import { describeCertainty } from './catalogue.js';

export interface AnatomySource {
  readonly provider: Provider;
  readonly event: EventSpec;
  readonly delivery: Delivery;
  /** The payload laid out for reading. */
  readonly payload: string;
  /** Environment variables that may hold the secret, best first. */
  readonly variables: readonly string[];
  readonly secretWords: string;
}

/** All about one event, for people: what it means, its headers, how the signature comes about, the policy, the payload. */
export function eventDetails(source: AnatomySource, colour: boolean): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const { provider, event, delivery, payload } = source;
  const title = (text: string) => paint.bold(text);
  const variant = delivery.variant ? ` (variant ${delivery.variant})` : '';
  const certainty = delivery.variant ? event.variants![delivery.variant]!.certainty : event.certainty;
  const shapes = event.source ?? provider.everyEvent?.source;
  return [
    title(`${provider.title} ${delivery.event}${variant}${event.title === delivery.event ? '' : `: ${event.title}`}`),
    ...(event.trigger ? [`  ${event.trigger}`] : []),
    `  ${describeCertainty[certainty]}${shapes === undefined ? '' : ` (${shapes})`}`,
    ...(event.note ? [`  ${event.note}`] : []),
    ...(provider.docs === null ? [] : [`  ${provider.docs}`]),
    '',
    title('Request'),
    `  ${delivery.method}, body of ${grouped(delivery.body.length)} bytes`,
    ...requestFacts(delivery).headers.map(([name, value]) => `  ${name}: ${printable(value)}`),
    ...bodyParts(provider, delivery.event).map(([path, part]) => `  body ${path}: ${part}`),
    ...modeLines(provider).map((line) => `  ${line}`),
    ...valueLines(provider).map((line) => `  ${line}`),
    '',
    title('Signature'),
    ...signatureLines(source).map((line) => `  ${line}`),
    '',
    title('What the provider does'),
    ...policyLines(provider.policy, event).map((line) => `  ${line}`),
    '',
    title('Payload'),
    ...payload.split('\n').map((line) => `  ${printable(line)}`),
    '',
  ].join('\n');
}

/** The parts of an event's name that a rule has in the body, by their paths. */
function bodyParts(provider: Provider, event: string): [path: string, part: string][] {
  if (!provider.wire) return [];
  const parts = wireParts(provider, event);
  return wirePlaces(provider).paths.flatMap((path, at): [string, string][] =>
    path === undefined || parts[at] === undefined ? [] : [ofPart(path, parts[at])],
  );
}

/** Returns the path and value of a part; a `*` at the end of a path stands for a member named by the part. */
function ofPart(path: string, part: string): [path: string, part: string] {
  return path.endsWith('*') ? [path.replace(/\*$/, part), 'is there'] : [path, part];
}

/** The forms in which a provider sends, where there are several. */
function modeLines(provider: Provider): string[] {
  const current = modeOf(provider);
  return Object.entries(provider.modes ?? {}).map(
    ([name, { title }]) => `mode ${name}: ${title}${name === current ? ' (this one)' : ''}`,
  );
}

/** The texts in the provider's handshakes that the receiver's owner chooses. */
function valueLines(provider: Provider): string[] {
  return [...givenValues(provider)].map(([name, { env = [], sample }]) => {
    const places = env.length === 0 ? '' : `, looked for in ${env.join(', ')}`;
    return `value ${name} of handshakes: yours${places}; else the sample "${printable(sample)}"`;
  });
}

function signatureLines({ provider, variables, secretWords }: AnatomySource): string[] {
  const recipes = Object.entries(provider.signatures).map(([name, options]) => `{${name}} = ${recipe(options)}`);
  const headers = provider.headers.flatMap(([name, value]) => {
    const text = describeHeader(value);
    return /\{/.test(text) ? [`${name}: ${text}`] : [];
  });
  const over =
    provider.verifiesOver === 'raw'
      ? 'The receiver verifies the raw body, byte for byte.'
      : 'The documented verifier parses the body and makes it text again with JSON.stringify.';
  const fields = (provider.fields ?? []).map(([path, value]) => `body ${path}: ${templateSource(value)}`);
  const query = (provider.query ?? []).map(([name, value]) => `query ${name}: ${value}`);
  if (provider.body !== undefined) fields.push(`body: ${provider.body}`);
  const places = [...headers, ...fields, ...query];
  const proofs = (provider.proof ?? []).map(describeProof);
  if (recipes.length === 0 && !places.some((place) => place.includes('{secret}')))
    return [...places, `none: nothing in a request of ${provider.title} proves who sent it`, insteadOfProof, ...proofs];
  return [
    ...places,
    ...recipes,
    `key: the ${provider.secret.label}, now ${secretWords}`,
    `     looked for in ${variables.join(', ')}`,
    ...(hasKeyPair(provider) ? [`the receiver verifies with the public key: webhook-sim keys ${provider.name}`] : []),
    over,
    ...proofs,
  ];
}

/** Describes the proof that a signature is right. */
export function describeProof({ kind, source }: Proof): string {
  if (kind === 'package') return `proof: ${source} accepts it, and rejects what was changed`;
  if (kind === 'vector') return `proof: a published request with its signature (${source})`;
  return `proof: the recipe of its documents (${source})`;
}

const whenThere = {
  retries: 'in retries only',
  'each secret': 'once for each secret',
  'second secret': 'with the second secret, where there is one',
} as const;

function describeHeader(value: HeaderSpec[1]): string {
  if (typeof value === 'string') return value;
  if ('value' in value) return `${value.value}, ${whenThere[value.on]}`;
  return `${value.head ?? ''}${value.each}, for each secret, joined by "${value.join}"`;
}

function recipe(options: SchemeOptions): string {
  if (options.scheme === 'custom')
    return `${describeAlgorithm(options)}, given key, method, URL, event, body and values`;
  const steps = 'key' in options && options.key?.length ? ` after ${options.key.join(', ')}` : '';
  const covers = coverageOf(options);
  if (covers) {
    const parts = [...covers.components, ...Object.keys(covers.parameters)].join(', ');
    return `${describeScheme(options)} with the key${steps}, of ${parts}`;
  }
  if (options.scheme === 'jwt') return `JWT(${options.algorithm}, key${steps}, ${describeClaims(options)})`;
  const content = options.content === '{body}' ? 'body' : `"${options.content}"`;
  if (options.scheme === 'encoded') return `${options.encoding}(${content})`;
  if (options.scheme === 'crc32')
    return `CRC-32(${content}) in ${options.encoding === 'decimal' ? 'decimal digits' : options.encoding}`;
  const ingredients = options.scheme === 'digest' ? content : `key${steps}, ${content}`;
  return `${options.encoding}(${describeAlgorithm(options)}(${ingredients}))`;
}

function describeClaims({ claims }: JwtScheme): string {
  if (typeof claims === 'string') return claims;
  return Object.entries(claims)
    .map(([name, claim]) => `${name}: ${describeClaim(claim)}`)
    .join(', ');
}

function describeClaim(claim: ClaimTemplate): string {
  return isJsonTemplate(claim) ? templateSource(claim) : JSON.stringify(claim);
}

/** Returns lines on a provider's success rule, time limit and retries for an event. */
export function policyLines(policy: Policy, event: EventSpec): string[] {
  const success = event.policy?.success ?? policy.success;
  const limit = event.policy?.timeLimit ?? policy.timeLimit;
  return [
    `success: ${success.value}${sure(success)}`,
    limit ? `time limit: ${limit.value}${sure(limit)}` : 'time limit: the provider names none (webhook-sim waits 10 s)',
    retryLine(event.policy?.retry ?? policy.retry),
    disablingLine(policy),
  ];
}

const describeCount = {
  attempts: 'each attempt counts',
  deliveries: 'retries do not count',
  unknown: 'whether retries count is unknown',
} as const;

function retryLine(retry: Policy['retry']): string {
  if (!retry) return 'retries: the provider says nothing of them';
  const { delays, on, obeysRetryAfter } = retry.value;
  if (delays?.length === 0) return `retries: none${sure(retry)}`;
  const only = on === undefined ? '' : `, only of ${on.split(',').join(', ')}`;
  const later = obeysRetryAfter ? ', later where Retry-After asks for it' : '';
  const count = delays ? `${retry.value.max}, after ${delays.join(', ')}` : describeUndocumentedTimes(retry.value);
  return `retries: ${count}${only}${later}${sure(retry)}`;
}

/** Describes retries whose times a provider does not document, and what is done instead. */
function describeUndocumentedTimes({ max, for: total }: RetrySchedule): string {
  if (max === 0) return 'none';
  if (total === undefined)
    return `up to ${max}, at times it does not tell (send --retry waits 10s, then twice as long each time)`;
  const count = max === undefined ? '' : `up to ${max} `;
  return `${count}for ${total}, at times it does not tell (send --retry plays an approximation: ever longer waits, the last retry after ${total})`;
}

function disablingLine({ disabling }: Policy): string {
  if (!disabling) return 'disabling: not documented by the provider';
  const { afterConsecutiveFailures, afterFailing, on, counts, per, by } = disabling.value;
  const what = `${by === 'circuit' ? 'opens a circuit' : 'stops'} for ${per === 'event' ? 'the event' : 'the endpoint'}`;
  const rules = [
    ...(afterConsecutiveFailures === undefined
      ? []
      : [`after ${afterConsecutiveFailures} failures in a row, ${describeCount[counts ?? 'unknown']}`]),
    ...(afterFailing === undefined ? [] : [`after ${afterFailing} without a success`]),
    ...(on === undefined ? [] : [`at once after ${on.split(',').join(', ')}`]),
  ];
  return `disabling: ${what} ${rules.join('; or ')}${sure(disabling)}`;
}

function sure({ certainty }: Fact<unknown>): string {
  return certainty === 'documented' ? '' : ` (${certainty})`;
}
