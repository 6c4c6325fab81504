import type { Header } from '../../core/delivery.js';
import { excerpt, printable } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import { senderProof } from '../../core/senderProof.js';

/** A request to the built-in receiver. */
export interface ArrivalFacts {
  readonly provider: Provider;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: Uint8Array;
  };
  readonly verification: { readonly ok: boolean; readonly reason?: string };
}

/** Lines that show what arrived at the built-in receiver and what it thinks of the signature. */
export function arrivalLines({ provider, request, verification }: ArrivalFacts): string[] {
  const text = Buffer.from(request.body).toString('utf8');
  return [
    'The built-in receiver got:',
    `  ${request.method} ${printable(new URL(request.url).pathname)} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `  ${name}: ${excerpt(value, 120)}`),
    '',
    `  ${excerpt(text, 300)}`,
    '',
    verification.ok ? acceptedWords[senderProof(provider)](provider.title) : `It rejected it: ${verification.reason}.`,
  ];
}

const acceptedWords = {
  signature: (title: string) => `It verified the signature as ${title} documents it.`,
  secret: (title: string) => `It compared the secret, which ${title} sends in each request.`,
  nothing: (title: string) => `It took it unverified: ${title} signs nothing.`,
} as const;
