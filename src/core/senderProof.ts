import type { Provider } from './provider.js';
import { headerSources, templateSource } from './scheme.js';
import { keyedNames } from './schemeFacts.js';

/** Returns the part of a provider's requests that proves who sent them: a signature, the secret itself, or nothing. */
export function senderProof(provider: Provider): 'signature' | 'secret' | 'nothing' {
  const templates = [
    ...provider.headers.flatMap(headerSources),
    ...(provider.fields ?? []).map(([, value]) => templateSource(value)),
    ...(provider.query ?? []).map(([, value]) => value),
    provider.body ?? '',
  ].join('\n');
  const isSent = (name: string) => templates.includes(`{${name}}`);
  const sent = keyedNames(provider).filter(isSent);
  if (sent.some((name) => provider.signatures[name]!.scheme !== 'encoded')) return 'signature';
  return sent.length > 0 || isSent('secret') ? 'secret' : 'nothing';
}
