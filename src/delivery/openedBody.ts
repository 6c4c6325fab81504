import type { ReceivedRequest } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { CustomOpener } from '../core/scheme.js';
import { type Template, templateNames } from '../core/template.js';
import { extract } from '../signing/extract.js';
import { readBodyTemplate } from '../signing/templates.js';
import { awaitFunction, FunctionError } from './callFunction.js';

/** The function that opens the bodies of a provider, and the template that holds the sealed text. */
export interface BodyOpener {
  readonly name: string;
  readonly open: CustomOpener;
  readonly template: Template;
}

/** Returns the opener of a provider's bodies; null where no function opens them. */
export function bodyOpener(provider: Provider): BodyOpener | null {
  if (provider.body === undefined) return null;
  const template = readBodyTemplate(provider)!;
  for (const name of templateNames(template)) {
    const options = provider.signatures[name];
    if (options?.scheme === 'custom' && options.open) return { name, open: options.open, template };
  }
  return null;
}

/** The payloads of bodies that a function opened or made, so that none is opened twice. */
const payloads = new WeakMap<Uint8Array, Uint8Array>();

/** Returns the payload of a body that a function opened or made before; undefined for all others. */
export function openedPayload(body: Uint8Array): Uint8Array | undefined {
  return payloads.get(body);
}

/** The payloads of which this program made bodies. */
const payloadOfBody = new WeakMap<Uint8Array, Uint8Array>();

/** Keeps of which payload a body was made. */
export function keepPayload(body: Uint8Array, payload: Uint8Array): void {
  payloads.set(body, payload);
  payloadOfBody.set(body, payload);
}

/** Returns the payload of which this program made a body; undefined for one that it did not make. */
export function payloadOfBuiltBody(body: Uint8Array): Uint8Array | undefined {
  return payloadOfBody.get(body);
}

type Openable = Pick<ReceivedRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Opens the body of a request with the first secret that fits, so that its payload can be read. Does nothing where no function has to. */
export async function openBody(provider: Provider, request: Openable, secrets: readonly string[]): Promise<void> {
  const opener = bodyOpener(provider);
  if (!opener || payloads.has(request.body)) return;
  for (const secret of secrets) if ((await openWith(opener, provider, request, secret)) === null) return;
}

/** Throws a UsageError for a body that only a function reads, and that could not be opened; `whose` it is. */
export function assertOpened(provider: Provider, body: Uint8Array, whose: string): void {
  if (!bodyOpener(provider) || payloads.has(body)) return;
  throw new UsageError(
    'CLOSED_BODY',
    `The body of ${whose} can't be opened with the secret in force, so its payload can't be read. Name the secret that it was made with, or send it as it was.`,
  );
}

/** Opens the body of a request with a secret; returns the reason in a sentence where it can't, null where it was opened. */
export async function openWith(
  { name, open, template }: BodyOpener,
  provider: Provider,
  { method, url, headers, body }: Openable,
  secret: string,
): Promise<string | null> {
  const text = Buffer.from(body).toString('utf8');
  const found = extract({ name: '', head: [], each: template, join: null }, text);
  const [, part] = found?.find(([key]) => key === name) ?? [];
  if (part === undefined) return "the body has another form than the provider's";
  const request = Object.freeze({ secret, method, url, headers, text: part });
  const what = `${provider.title}: the function that opens ${name}`;
  try {
    const given = await awaitFunction({ call: () => open(request), what, hidden: [secret] });
    if (typeof given !== 'string' && !(given instanceof Uint8Array)) return `${what} gives no payload`;
    payloads.set(body, Buffer.from(given));
    return null;
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return `the body can't be opened with the secret (${error.message.replace(/\.$/, '')})`;
  }
}
