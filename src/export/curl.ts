import type { Delivery } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { variableFor } from '../core/secret.js';
import type { SecretMask } from '../core/secretMask.js';
import { secretPlaces } from '../core/secretParameters.js';

/** Longer bodies, and those that a shell or terminal would not keep as they are, travel as base64. */
const longestArgument = 100_000;

/** Headers that curl adds by default; an empty value leaves one out. */
const curlsOwn = ['Accept', 'User-Agent', 'Content-Type', 'Expect'];

/**
 * Writes a shell command that sends the same bytes with curl. Header values that carry a secret are shell variables named after the header
 * (`$AUTHORIZATION`), which the user sets, and so are the values of secret parameters of the address; other `hidden` texts in the URL and the body
 * are `$SECRET`. `options` are more options for curl, as the shell reads them.
 */
export function toCurl(
  { method, url, headers, body, framing, secretHeaders, secretParameters }: Delivery,
  options: readonly string[] = [],
  hidden?: Pick<SecretMask, 'rangesIn'>,
): string {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const parts = [
    `curl -i --http1.1 -X ${method} ${quoteAddress(url, secretParameters, hidden)}`,
    ...options,
    ...headers.map(([name, value]) => headerArgument(name, value, secretHeaders.includes(name.toLowerCase()))),
    ...curlsOwn.filter((name) => !given.has(name.toLowerCase())).map((name) => `-H '${name}:'`),
    ...(framing === 'chunked' ? ["-H 'Transfer-Encoding: chunked'"] : []),
  ];
  if (body.length === 0 && method === 'GET' && framing === 'length') return parts.join(' \\\n  ');
  if (isPlain(body))
    return [...parts, `--data-raw ${quoteHiding(Buffer.from(body).toString('utf8'), hidden)}`].join(' \\\n  ');
  if (hidden && hidden.rangesIn(body, false).length > 0) {
    throw new UsageError(
      'SECRET_IN_CURL',
      'The body holds a secret and characters that no shell keeps, so it can be shown as no curl command. Send it, or export it in another format.',
    );
  }
  return `printf %s ${Buffer.from(body).toString('base64')} | base64 -d | ${[...parts, '--data-binary @-'].join(' \\\n  ')}`;
}

function headerArgument(name: string, value: string, secret: boolean): string {
  if (secret) return `-H "${name}: $${variableFor(name)}"`;
  return value === '' ? `-H ${quoteShellWord(`${name};`)}` : `-H ${quoteShellWord(`${name}: ${value}`)}`;
}

function isPlain(body: Uint8Array): boolean {
  if (body.length > longestArgument) return false;
  const text = Buffer.from(body).toString('utf8');
  return Buffer.from(text).equals(body) && !/[\u0000-\u001f\u007f-\u009f]/.test(text);
}

/** An address as one word of a shell, with a variable in place of each secret value. */
function quoteAddress(
  url: string,
  secretParameters: readonly string[],
  hidden: Pick<SecretMask, 'rangesIn'> | undefined,
): string {
  let quoted = '';
  let at = 0;
  for (const { name, start, end } of secretPlaces(url, secretParameters)) {
    quoted += `${quoteHiding(url.slice(at, start), hidden)}"$${variableFor(name)}"`;
    at = end;
  }
  return at === url.length ? quoted : quoted + quoteHiding(url.slice(at), hidden);
}

/** Quotes a text as one word of a shell, with the variable `$SECRET` in place of each secret. */
function quoteHiding(text: string, hidden: Pick<SecretMask, 'rangesIn'> | undefined): string {
  const bytes = Buffer.from(text);
  const words: string[] = [];
  let at = 0;
  for (const [start, end] of hidden?.rangesIn(bytes, false) ?? []) {
    if (start > at) words.push(quoteShellWord(bytes.toString('utf8', at, start)));
    words.push('"$SECRET"');
    at = end;
  }
  if (at < bytes.length || words.length === 0) words.push(quoteShellWord(bytes.toString('utf8', at)));
  return words.join('');
}

/** Text as one word of a shell. */
export function quoteShellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
