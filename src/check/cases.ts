import type { Provider } from '../core/provider.js';
import { forgeries } from '../forge/forgeries.js';
import { whyMeaningless } from '../forge/whyMeaningless.js';
import type { CaseBody, CheckCase } from './case.js';
import { mustAccept } from './mustAccept.js';
import { mustNotBreak, plainAgainCase, respelledCase } from './mustNotBreak.js';
import { mustRefuse } from './mustRefuse.js';

/** The whole battery for a provider, in the order in which it is sent; with `allEvents`, each of its events, too. */
export function casesFor(provider: Provider, flagship: string, allEvents: boolean): CheckCase[] {
  const others = allEvents ? Object.keys(provider.events).filter((event) => event !== flagship) : [];
  return [...mustAccept, ...others.map(eventCase), respelledCase, ...mustRefuse, ...mustNotBreak, plainAgainCase];
}

/** Bodies that only JSON can be. */
const ofJson: readonly string[] = [
  'dialect',
  'members',
  'nested',
  'padded',
  'cut',
  'invalid UTF-8',
  'duplicate keys',
  'divided character',
] satisfies CaseBody['is'][];

/** Whether no delivery can be made of a body that has not certain fields. */
function needsFields({ fields = [], values }: Provider): boolean {
  return fields.length > 0 || Object.values(values).some((spec) => spec.kind === 'field' && spec.absent === undefined);
}

function eventCase(event: string): CheckCase {
  return {
    name: `event:${event}`,
    class: 'must-accept',
    sent: 'this event of the provider',
    why: 'An event that is refused is sent again and again, and then the provider stops sending all.',
    fix: 'Handle this event, or answer 2xx and do nothing.',
    body: { is: 'another event', event },
  };
}

/** Why a case says nothing about receivers of a provider; null where it does. */
export function whyLeftOut({ forge, body }: CheckCase, provider: Provider): string | null {
  const { title, dialect, eventAt, headers } = provider;
  if (body?.is === 'dialect' && body.dialect === dialect) return `that is how ${title} writes it anyway`;
  if (body?.is === 'unknown event') {
    const inHeader = headers.some(([, value]) => (typeof value === 'string' ? value : value.each).includes('{event}'));
    if (eventAt === null && !inHeader) return `${title} does not name its events`;
  }
  if (dialect === 'form' && body && ofJson.includes(body.is)) return `${title} sends forms, and this is a body of JSON`;
  if ((body?.is === 'cut' || body?.is === 'exactly') && needsFields(provider)) {
    return `${title} signs fields of the body, which this one has not`;
  }
  const forgery = forge === undefined ? undefined : forgeries.find(({ name }) => name === forge);
  const reason = forgery && whyMeaningless(forgery, provider);
  return reason ? `for ${title} it is no forgery: ${reason}` : null;
}
