import type { Delivery } from '../core/delivery.js';
import { variableFor } from '../core/secret.js';

/** Longer bodies, and those that a shell or terminal would not keep as they are, travel as base64. */
const longestArgument = 100_000;

/** What curl would add to a request on its own; an empty value leaves it out. */
const curlsOwn = ['Accept', 'User-Agent', 'Content-Type', 'Expect'];

/**
 * A shell command that sends the same bytes with curl. Header values that carry a secret are shell variables
 * named after the header (`$AUTHORIZATION`), which the user sets. `options` are more options for curl, as the shell reads them.
 */
export function toCurl(
  { method, url, headers, body, framing, secretHeaders }: Delivery,
  options: readonly string[] = [],
): string {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const parts = [
    `curl -i --http1.1 -X ${method} ${quoteShellWord(url)}`,
    ...options,
    ...headers.map(([name, value]) => headerArgument(name, value, secretHeaders.includes(name.toLowerCase()))),
    ...curlsOwn.filter((name) => !given.has(name.toLowerCase())).map((name) => `-H '${name}:'`),
    ...(framing === 'chunked' ? ["-H 'Transfer-Encoding: chunked'"] : []),
  ];
  if (isPlain(body))
    return [...parts, `--data-raw ${quoteShellWord(Buffer.from(body).toString('utf8'))}`].join(' \\\n  ');
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

/** Text as one word of a shell. */
export function quoteShellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
