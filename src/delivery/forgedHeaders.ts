import type { Header } from '../core/delivery.js';
import type { ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { HeaderSpec } from '../core/scheme.js';
import type { HeadersByStrength } from '../signing/signatureStrength.js';
import { withoutTime } from './forgedMessage.js';
import { forgeInHeaders, tamperHeaders } from './forgeSignature.js';
import { putField } from './putField.js';
import { withNamedAlgorithm } from './texts.js';

/** Returns the body with the address of the forger's key in place of the provider's, where it has one. */
export function withForeignKey(provider: Provider, body: Uint8Array, change: ForgeryChange | null): Uint8Array {
  if (change?.stage !== 'foreign key' || !provider.keyUrl || !('at' in provider.keyUrl)) return body;
  return putField(provider, body, provider.keyUrl.at, { text: change.url, kind: 'text' });
}

/** Returns the provider with the address of the forger's key in place of its own in the header that has one. */
export function withForeignKeyHeader(provider: Provider, change: ForgeryChange | null): Provider {
  const { keyUrl } = provider;
  if (change?.stage !== 'foreign key' || !keyUrl || !('header' in keyUrl)) return provider;
  const named = keyUrl.header.toLowerCase();
  const headers = provider.headers.map(
    (header): HeaderSpec => (header[0].toLowerCase() === named ? [header[0], change.url] : header),
  );
  return { ...provider, headers };
}

/** The headers as a forgery of them has them. */
export function forgedHeaders(
  change: ForgeryChange | null,
  honest: Header[],
  proofs: readonly string[],
  byStrength: HeadersByStrength | null,
): Header[] {
  switch (change?.stage) {
    case 'header':
      return tamperHeaders(change, honest, proofs);
    case 'named algorithm':
      return withNamedAlgorithm(change, honest, proofs);
    case 'one of several headers':
      return byStrength ? forgeInHeaders(change, honest, byStrength) : honest;
    case 'sent time':
      return change.as === 'nothing' ? withoutTime(honest) : honest;
    case 'digest':
      return honest.filter(([name]) => name.toLowerCase() !== 'content-digest');
    default:
      return honest;
  }
}
