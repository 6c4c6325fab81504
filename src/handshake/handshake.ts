import type { Delivery } from '../core/delivery.js';
import { parseDuration } from '../core/duration.js';
import type { AnswerSpec, Handshake } from '../core/handshake.js';
import type { Provider } from '../core/provider.js';
import { type JsonTemplateKind, jsonTemplateKind, templateSource } from '../core/scheme.js';
import { parseStatusRule, type StatusRule } from '../core/status.js';
import { parseTemplate, type Template, templateNames } from '../core/template.js';
import { compileWithTexts } from '../delivery/compile.js';
import type { BuildContext, DeliverySource } from '../delivery/source.js';
import type { TemplateRenderer } from '../delivery/texts.js';
import { templateVocabulary } from '../signing/templates.js';

/** An answer that one delivery of a handshake waits for: a text, members of a JSON body, or a header. */
export type AwaitedAnswer =
  | { readonly is: 'text'; readonly text: string }
  | {
      readonly is: 'json';
      readonly members: readonly { readonly path: string; readonly text: string; readonly kind: JsonTemplateKind }[];
    }
  | { readonly is: 'header'; readonly name: string; readonly text: string };

/** A handshake that is ready to be sent, and what its receiver has to answer. */
export interface PreparedHandshake {
  readonly handshake: Handshake;
  readonly delivery: Delivery;
  readonly isRightStatus: StatusRule;
  /** Milliseconds; null for the time limit of any answer. */
  readonly withinMs: number | null;
  /** Of these one is enough; empty where the status is all. */
  readonly oneOf: readonly AwaitedAnswer[];
}

/** Makes the request of a handshake, from what its provider's deliveries are made of. Rejects with a UsageError for a bad template or secret. */
export async function buildHandshake(
  handshake: Handshake,
  source: Omit<DeliverySource, 'event' | 'variant' | 'forgery' | 'otherBody'>,
  moment: Pick<BuildContext, 'now' | 'random'>,
): Promise<PreparedHandshake> {
  const provider = inHandshake(source.provider, handshake);
  const falselySigned = {
    name: 'tampered-signature',
    requires: 'nothing',
    title: 'with an invalid signature',
    change: { stage: 'signature', by: 'changed character' },
  } as const;
  const whole: DeliverySource = {
    ...source,
    provider,
    event: handshake.name,
    variant: null,
    forgery: handshake.falselySigned ? falselySigned : null,
  };
  const { status, within, oneOf = [] } = handshake.answer;
  const what = `${provider.name}: answer to ${handshake.name}`;
  const read = answerReader(provider, handshake.name);
  const named = oneOf.flatMap(templatesIn).flatMap((template) => templateNames(read(template)));
  const make = compileWithTexts(whole, named);
  const { delivery, text } = await make({ ...moment, body: Buffer.from(handshake.body ?? '') });
  return {
    handshake,
    delivery,
    isRightStatus: parseStatusRule(status, what),
    withinMs: within === undefined ? null : parseDuration(within, what),
    oneOf: awaitedAnswers(handshake, provider, text),
  };
}

/** The answers of which one is enough, with their texts; `provider` is as it is in the handshake. Throws a UsageError for a bad template. */
export function awaitedAnswers(
  { name, answer }: Handshake,
  provider: Provider,
  text: TemplateRenderer,
): AwaitedAnswer[] {
  const read = answerReader(provider, name);
  return (answer.oneOf ?? []).map((spec) => awaited(spec, (template) => text(read(template), 0)));
}

/** Reads the templates of answers. */
function answerReader(provider: Provider, name: string): (template: string) => Template {
  const known = templateVocabulary(provider).filter((each) => each !== 'body' && each !== 'secret');
  return (template) => parseTemplate(template, known, `${provider.name}: answer to ${name}`);
}

/** The provider as it is in a handshake. */
export function inHandshake(provider: Provider, handshake: Handshake): Provider {
  const {
    method = provider.method,
    headers = provider.headers,
    fields = [],
    query = [],
    values,
    signatures,
  } = handshake;
  return {
    ...provider,
    method,
    headers,
    fields,
    query,
    values: { ...provider.values, ...values },
    signatures: { ...provider.signatures, ...signatures },
  };
}

function awaited(spec: AnswerSpec, render: (template: string) => string): AwaitedAnswer {
  if ('text' in spec) return { is: 'text', text: render(spec.text) };
  if ('header' in spec) return { is: 'header', name: spec.header[0], text: render(spec.header[1]) };
  return {
    is: 'json',
    members: spec.json.map(([path, value]) => ({
      path,
      text: render(templateSource(value)),
      kind: jsonTemplateKind(value),
    })),
  };
}

/** The templates of an answer. */
function templatesIn(spec: AnswerSpec): string[] {
  if ('text' in spec) return [spec.text];
  if ('header' in spec) return [spec.header[1]];
  return spec.json.map(([, value]) => templateSource(value));
}
