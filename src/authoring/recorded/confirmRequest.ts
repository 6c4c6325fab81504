import type { RecordedFact, RecordedFields } from '../../core/contract.js';
import type { ReceivedRequest } from '../../core/delivery.js';
import type { Diagnosis } from '../../core/diagnosis.js';
import type { Provider } from '../../core/provider.js';
import { parsedBody, writeBody } from '../../json/dialect.js';
import type { Json } from '../../json/value.js';
import { loadSample } from '../../payloads/load.js';
import { sampleKey, sampleNames } from '../../payloads/sampleName.js';
import { compareShapes } from './compareShapes.js';
import { confirmed, differs, headerFacts, unproven } from './headerFacts.js';

/** The verdict of a recorded request on a description. */
export interface Confirmation {
  readonly event: string | null;
  readonly facts: readonly RecordedFact[];
  readonly fields: RecordedFields | null;
}

/** Holds a recorded request against a description; `diagnosis` is null where the provider proves nothing with its secret. */
export async function confirmRequest(
  provider: Provider,
  request: ReceivedRequest,
  diagnosis: Diagnosis | null,
  diagnosed: Diagnosis['event'],
): Promise<Confirmation> {
  const event = diagnosed?.isKnown && Object.hasOwn(provider.events, diagnosed.name) ? diagnosed.name : null;
  const body = parsedBody(request.body, provider);
  const fields = event === null || body === undefined ? null : await nearestSample(provider, event, body);
  return {
    event,
    facts: [
      diagnosis === null
        ? unproven('signature', 'the provider signs nothing.')
        : confirmed('signature', `${diagnosis.headers.join(', ') || 'in the body'}, with the secret that was given`),
      request.method === provider.method
        ? confirmed('method', request.method)
        : differs('method', `the request is a ${request.method}, the description says ${provider.method}.`),
      ...headerFacts(provider, request.headers),
      event === null
        ? differs(
            'event',
            diagnosed === null ? 'nothing in it names one.' : `${diagnosed.name} is none of the description's.`,
          )
        : confirmed('event', event),
      ...bodyFacts(provider, request.body, body),
    ],
    fields,
  };
}

function bodyFacts({ dialect }: Provider, bytes: Uint8Array, body: Json | undefined): RecordedFact[] {
  if (body === undefined) return [differs('body', 'it can not be read as the description says.')];
  if (dialect === 'text' || typeof dialect === 'object') return [];
  return [
    Buffer.from(bytes).equals(writeBody(body, dialect))
      ? confirmed('dialect', `${dialect} writes the same bytes`)
      : differs('dialect', `${dialect} writes other bytes of the same body.`),
  ];
}

/** The sample of an event, or the variant, that has most in common with a body. */
async function nearestSample(provider: Provider, event: string, body: Json): Promise<RecordedFields | null> {
  const names = sampleNames(provider).filter((name) => name.event === event);
  const compared = await Promise.all(
    names.map(async (name) => ({ sample: sampleKey(name), ...compareShapes(await loadSample(name), body) })),
  );
  const distance = ({ missing, unknown, otherTypes }: RecordedFields) =>
    missing.length + unknown.length + otherTypes.length;
  return compared.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
