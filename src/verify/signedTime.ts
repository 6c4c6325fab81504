import type { ReceivedRequest } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import type { TimeValueSpec, ValueSpec } from '../core/template.js';
import { readTimeAs, type TimeKind } from '../core/time.js';
import { coveredBy } from '../signing/covered.js';
import { extract } from '../signing/extract.js';
import { templatesIn } from '../signing/jsonTemplate.js';
import { readClaims } from '../signing/jwt.js';
import { isData, readSignatureTemplates } from '../signing/templates.js';
import { receivedTime } from './messageSignature.js';
import { templateNamesOf, type ValuePlace, valueSources } from './places.js';

/** A time in a request that its signature covers. */
export interface SignedTime {
  /** The header, field, parameter or claim that carries it. */
  readonly name: string;
  readonly text: string;
  /** Milliseconds since 1970; null where the text is no time. */
  readonly ms: number | null;
}

/** Returns the time in a request that its signature covers, whether that is valid or not; null for none. */
export function signedTime(provider: Provider, request: ReceivedRequest): SignedTime | null {
  const created = receivedTime(provider, request, 'created');
  if (created) return created;
  const places = valueSources(provider, request);
  for (const place of places) {
    for (const name of templateNamesOf(place)) {
      const spec = provider.values[name];
      if (!tellsSending(spec) || !isCovered(place, name, provider)) continue;
      const values = place.texts().flatMap((text) => extract(place.template, text.trim()) ?? []);
      const [, text] = values.find(([part]) => part === name) ?? [];
      if (text !== undefined) return timeOf(place.template.name, text, spec.format);
    }
  }
  return claimedTime(provider, places);
}

/** Returns whether a value is the time at which a delivery is sent, and not when it expires or was sent first. */
function tellsSending(spec: ValueSpec | undefined): spec is TimeValueSpec {
  return spec?.kind === 'time' && spec.at === undefined;
}

function isCovered({ kind, template }: ValuePlace, name: string, provider: Provider): boolean {
  // Of what a function signs nothing is known.
  const { bytes, fields, names } = coveredBy(provider, isData);
  if (names.has(name)) return true;
  return kind === 'field' && (bytes || fields === 'sorted' || fields.includes(template.name));
}

/** The first time that a token of a request claims. */
function claimedTime(provider: Provider, places: readonly ValuePlace[]): SignedTime | null {
  const schemes = readSignatureTemplates(provider);
  for (const { template: place, texts } of places) {
    for (const [proof, token] of extract(place, texts()[0] ?? '') ?? []) {
      const claimed = readClaims(token);
      const claims = claimed && schemes.get(proof)?.claims;
      for (const { place: path, template } of claims ? templatesIn(claims) : []) {
        const [part] = template;
        const [name = '', ...deeper] = path;
        if (deeper.length > 0) continue;
        const spec = part && 'name' in part ? provider.values[part.name] : undefined;
        if (tellsSending(spec)) return timeOf(name, String(claimed![name]), spec.format);
      }
    }
  }
  return null;
}

function timeOf(name: string, text: string, format: TimeKind): SignedTime {
  const ms = readTimeAs(text, format);
  return { name, text, ms: Number.isFinite(ms) ? ms : null };
}
