import { findHeader, type Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { bodyText } from '../report/shared/bodySize.js';
import { asDocument } from '../report/shared/jsonLines.js';
import { coveredBy } from '../signing/covered.js';
import type { Exported, ExportSet } from './exported.js';

/** A variable of Postman, anywhere in a request (https://github.com/postmanlabs/postman-collection, lib/superstring). */
const variable = /\{\{[^{}]*\}\}/;

/** Settings that stop Postman from adding headers and from changing addresses and answers. */
const behaviour = {
  disableUrlEncoding: true,
  disableCookies: true,
  followRedirects: false,
  disabledSystemHeaders: { 'user-agent': true, accept: true, 'accept-encoding': true, 'postman-token': true },
};

/**
 * A Postman collection, v2.1 (https://schema.getpostman.com/json/collection/v2.1.0/docs/). Throws a UsageError for a request that
 * Postman would not send as it is.
 */
export function postman(set: ExportSet): string {
  const { provider, deliveries } = set;
  const origins = new Set(deliveries.map(({ delivery }) => new URL(delivery.url).origin));
  const [origin = ''] = origins;
  const isFixed = origins.size > 1 || signsAddress(provider);
  const items = (forged: boolean) =>
    deliveries
      .filter(({ delivery }) => (delivery.forge !== null) === forged)
      .map((each) => item(each, isFixed ? null : origin));
  const forged = items(true);
  const folder = { name: 'Forgeries', description: 'A correct receiver rejects all of them.', item: forged };
  return asDocument({
    info: {
      name: `${provider.title} webhooks`,
      description: description(set, isFixed),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [...items(false), ...(forged.length > 0 ? [folder] : [])],
    variable: isFixed ? [] : [{ key: 'baseUrl', value: origin, type: 'string' }],
  });
}

function signsAddress(provider: Provider): boolean {
  const { names } = coveredBy(provider);
  return ['url', 'host', 'path', 'query'].some((name) => names.has(name));
}

function description({ now, signsTime }: ExportSet, isFixed: boolean): string {
  const at = new Date(now).toISOString();
  return [
    'Made by webhook-sim. The signatures are fixed: they fit these bytes and no others, so a body must not be changed or beautified.',
    signsTime
      ? `They were made at ${at} and carry that time: receivers that limit the age of a signature, often to 5 minutes, reject them after that. Export them again then.`
      : `They were made at ${at} and cover no time, so they do not get stale.`,
    isFixed ? 'The address is as it was exported.' : 'Set the variable baseUrl to where your receiver is.',
  ].join('\n\n');
}

function item({ name, delivery, problem, success }: Exported, origin: string | null): object {
  const { method, url, headers, body } = delivery;
  const text = bodyText(body, false);
  if (text === null) {
    throw rejection(name, 'its body is not UTF-8, and Postman keeps text only');
  }
  const found = [url, text, ...headers.flat()].map((part) => variable.exec(part)?.[0]).find((part) => part);
  if (found !== undefined) throw rejection(name, `it holds ${found}, which Postman takes for one of its variables`);
  return {
    name,
    protocolProfileBehavior: behaviour,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: test(problem, success) } }],
    request: {
      method,
      ...(problem !== null && { description: `A forgery: ${problem}. A receiver has to reject it.` }),
      header: headers.map(([key, value]) => ({ key, value })),
      body: { mode: 'raw', raw: text, options: { raw: { language: language(headers) } } },
      url: origin === null ? url : `{{baseUrl}}${url.slice(origin.length)}`,
    },
    response: [],
  };
}

/** Returns the script with which Postman shows the answer. */
function test(problem: string | null, success: string): string[] {
  const rule = problem === null ? success : '4xx';
  const pattern = rule.split(',').map((part) => part.trim().toLowerCase().replace('xx', '\\d\\d'));
  return [
    `pm.test('is ${problem === null ? 'accepted' : 'rejected'} (${rule})', () => {`,
    `  pm.expect(String(pm.response.code)).to.match(/^(${pattern.join('|')})$/);`,
    '});',
  ];
}

function language(headers: readonly Header[]): string {
  const type = findHeader(headers, 'content-type') ?? '';
  return /\bjson\b/i.test(type) ? 'json' : 'text';
}

function rejection(name: string, why: string): UsageError {
  return new UsageError(
    'NOT_FOR_POSTMAN',
    `${name} can't be a request of Postman: ${why}. Export it in another format, or change its payload.`,
  );
}
