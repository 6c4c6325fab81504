import type { Header } from '../core/delivery.js';
import type { ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { HeaderSpec, MessageCoverage } from '../core/scheme.js';
import { coverageOf } from '../core/schemeFacts.js';
import { withCoverage } from '../signing/messageSignature.js';
import type { BodyChange } from './forgeSignature.js';

/** Returns a forgery's change to the body after it was signed; undefined for one that leaves it as it is. */
export function bodyChangeOf(change: ForgeryChange | null): BodyChange | undefined {
  if (change?.stage === 'body') return change;
  return change?.stage === 'digest' ? { by: 'changed byte' } : undefined;
}

/** Returns a provider whose signatures by RFC 9421 cover the user's own headers in place of its own. */
export function coverUserHeaders(provider: Provider, own: readonly Header[]): Provider {
  const names = covering(provider);
  if (names.length === 0 || own.length === 0) return provider;
  const headers = provider.headers.map((header): HeaderSpec => {
    if (/^signature(-input)?$/i.test(header[0])) return header;
    const found = own.find(([name]) => name.toLowerCase() === header[0].toLowerCase());
    return found ? [header[0], found[1].replace(/[{}]/g, '$&$&')] : header;
  });
  return recovered({ ...provider, headers }, names, (covers) => covers);
}

/** Returns a provider with a forgery's change to the coverage of a signature by RFC 9421, or to the algorithm that it names. */
export function withMessageForgery(provider: Provider, change: ForgeryChange | null): Provider {
  if (change?.stage === 'coverage') {
    const isBody = (name: string) => name === 'content-digest' || name === 'content-length';
    return recovered(provider, covering(provider), ({ components, parameters }) => ({
      components: change.without === 'everything' ? [] : components.filter((name) => !isBody(name)),
      parameters,
    }));
  }
  if (change?.stage !== 'scheme' || !change.publicKey) return provider;
  return recovered(provider, covering(provider), ({ components, parameters }) => ({
    components,
    parameters: { ...parameters, alg: 'hmac-sha256' },
  }));
}

/** Returns the headers without the time: drops a header that holds nothing else, and a parameter that holds it. */
export function withoutTime(headers: readonly Header[]): Header[] {
  return headers
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, value.replace(/;(?:created|expires)=(?=[;,]|$)/g, '')]);
}

function covering({ signatures }: Provider): string[] {
  return Object.keys(signatures).filter((name) => coverageOf(signatures[name]));
}

function recovered(
  provider: Provider,
  names: readonly string[],
  change: (covers: MessageCoverage) => MessageCoverage,
): Provider {
  return names.reduce((all, name) => withCoverage(all, name, change(coverageOf(all.signatures[name])!)), provider);
}
