import { checkPublicUrl } from '../core/readUrl.js';
import { parseTarget } from '../core/target.js';
import { parseTemplate, renderTemplate } from '../core/template.js';

/** The placeholders of a URL, with their texts where nothing is delivered yet. */
const placeholders = { provider: 'provider', event: 'event' };

/** The values of an address's placeholders. */
export type UrlVariables = Readonly<typeof placeholders>;

/**
 * Reads an address that may hold `{provider}` and `{event}` and returns a maker of its URL for one event. Throws a UsageError; `what` names the
 * address in it.
 */
export function readAddress(text: string, what: string): (filling: UrlVariables) => string {
  if (!/[{}]/.test(text)) {
    const { url } = parseTarget(text, []) as { url: string };
    return () => url;
  }
  // A complaint about the template quotes it, but not the user name and password before it.
  const [, credentials = '', open = ''] = /^((?:[^/]*:\/\/)?[^/]*@)?(.*)$/s.exec(text)!;
  const template = parseTemplate(open, Object.keys(placeholders), what);
  const fill = (filling: UrlVariables) => {
    const address = renderTemplate(template, (name) => encodeURIComponent(filling[name as keyof UrlVariables]));
    return (parseTarget(credentials + address, []) as { url: string }).url;
  };
  fill(placeholders);
  return fill;
}

/**
 * Reads the address by which a provider knows a receiver, which may hold the same placeholders and otherwise is kept word for word. Throws a
 * UsageError; `what` names the address in it.
 */
export function readPublicUrl(text: string, what: string): (filling: UrlVariables) => string {
  if (!/[{}]/.test(text)) {
    checkPublicUrl(text, what);
    return () => text;
  }
  const template = parseTemplate(text, Object.keys(placeholders), what);
  const fill = (filling: UrlVariables) => {
    const url = renderTemplate(template, (name) => encodeURIComponent(filling[name as keyof UrlVariables]));
    checkPublicUrl(url, what);
    return url;
  };
  fill(placeholders);
  return fill;
}

/** The variable that `env:NAME` names; null for any other text. */
export function parseEnvReference(text: string): string | null {
  return /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1] ?? null;
}
