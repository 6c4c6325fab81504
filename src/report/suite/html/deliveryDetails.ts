import type { Attempt } from '../../../core/attempt.js';
import type { Header } from '../../../core/delivery.js';
import type { DeliveryEnded } from '../../../core/run.js';
import { requestFacts } from '../../shared/requestFacts.js';
import { describeOutcomeOf, milliseconds } from '../../shared/words.js';
import { bodyView } from './bodyView.js';
import { type Markup, markup } from './markup.js';
import { phaseSegments, phaseText } from './phaseBar.js';

const mostHeaders = 60;
const mostOfValue = 2000;

/** A delivery whole: its request, and the answer to each of its attempts. */
export function deliveryDetails(ended: DeliveryEnded): Markup {
  const { delivery, attempts } = ended;
  const { headers, bytes, sha256 } = requestFacts(delivery);
  const added: readonly Header[] =
    delivery.framing === 'chunked' ? [['transfer-encoding', 'chunked']] : [['content-length', String(bytes)]];
  return markup`<div class="delivery">
<section class="request"><h3>Request</h3>
<p class="line"><strong>${delivery.method}</strong> <span class="url">${delivery.url}</span></p>
${headerTable([...headers, ...added])}
${bodyView({ body: delivery.body, bytes, truncated: false })}
<p class="quiet">body SHA-256 <code>${sha256}</code> · delivery <code>${delivery.id}</code></p>
</section>
<section class="answers">
${attempts.length === 0 ? markup`<h3>Answer</h3><p class="quiet">no attempt was made</p>` : attempts.map((attempt) => answer(attempt, attempts.length))}</section>
</div>
`;
}

/** One delivery of several: closed where it is as it had to be. */
export function foldedDelivery(ended: DeliveryEnded, which: string): Markup {
  const { delivery, outcome, ok, attempts } = ended;
  const last = attempts.at(-1);
  const facts = [
    delivery.event,
    ...(last ? [String(last.status ?? last.error?.code), milliseconds(last.timing.totalMs)] : []),
    describeOutcomeOf[outcome],
  ];
  return markup`<details class="one"><summary><span class="${ok ? 'good' : 'bad'}" aria-hidden="true">${ok ? '✓' : '✗'}</span> ${which} <span class="quiet">${facts.join(' · ')}${ok ? '' : ' · not as expected'}</span></summary>
${deliveryDetails(ended)}</details>
`;
}

function answer(attempt: Attempt, of: number): Markup {
  const { number, status, response, error, timing, remoteAddress, startedAt, warnings = [] } = attempt;
  const where = [...(remoteAddress ? [remoteAddress] : []), ...(timing.reused ? ['open connection'] : []), startedAt];
  const axis = { startMs: 0, lengthMs: Math.max(timing.totalMs, 0.001) };
  return markup`<article><h3>${of > 1 ? `Answer to attempt ${number} of ${of}` : 'Answer'}</h3>
<p class="line"><strong>${status ?? 'no answer'}</strong> after ${milliseconds(timing.totalMs)} <span class="quiet">${where.join(' · ')}</span></p>
${error ? markup`<p class="error"><code>${error.code}</code> ${error.message}</p>` : null}${warnings.map(
  ({ code, message }) => markup`
<p class="error"><code>${code}</code> ${message}</p>`,
)}
<svg class="bar" aria-hidden="true">${phaseSegments(timing, 0, axis)}</svg>
<p class="quiet">${phaseText(attempt)}</p>
${response ? [headerTable(response.headers), bodyView(response)] : null}
</article>
`;
}

function headerTable(headers: readonly Header[]): Markup | null {
  if (headers.length === 0) return null;
  const shown = headers.slice(0, mostHeaders);
  const rows = shown.map(([name, value]) => markup`<tr><th scope="row">${cut(name)}</th><td>${cut(value)}</td></tr>`);
  const left = headers.length - shown.length;
  const more = left > 0 ? markup`<p class="quiet">and ${left} more headers</p>` : null;
  return markup`<table class="headers"><tbody>${rows}</tbody></table>${more}`;
}

function cut(text: string): string {
  return text.length > mostOfValue ? `${text.slice(0, mostOfValue)}…` : text;
}
