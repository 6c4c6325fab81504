import type { Attempt } from '../../../core/attempt.js';
import { framingHeaders, type Header } from '../../../core/delivery.js';
import type { DeliveryEnded } from '../../../core/run.js';
import { bodySize, bodyText, decodingRemark } from '../../shared/bodySize.js';
import { requestFacts } from '../../shared/requestFacts.js';
import { describeOutcomeOf, milliseconds } from '../../shared/words.js';
import { lines, type Markup, markup } from './markup.js';
import { phaseSegments, phaseText } from './phaseBar.js';

/** Longer texts are shown as they are: to find out whether they are JSON would take too long in a run of thousands. */
const longest = 256 * 1024;

/** A hostile text may be thousands of levels deep. */
const deepest = 40;

/** The most characters of a text, or bytes of other content, that are shown. */
const maxText = 16 * 1024;
const maxBytes = 1024;

const cutRemark = ' · only the beginning is shown';

interface ShownBody {
  /** As many bytes as were kept. */
  readonly body: Uint8Array;
  /** As many as there were. */
  readonly bytes: number;
  readonly truncated: boolean;
  /** Of a body that was encoded: how, what it came to, and why it could not be decoded. */
  readonly contentEncoding?: string;
  readonly decodedBytes?: number | null;
  readonly decodingProblem?: string;
}

/** A body for reading: JSON laid out, other text as it is, bytes that are no text in hex. */
export function bodyView(facts: ShownBody): Markup {
  const { body, truncated } = facts;
  if (body.length === 0) return markup`<p class="quiet">no body</p>`;
  const text = bodyText(body, truncated);
  const problem = decodingRemark(facts);
  const size = `${bodySize(facts)}${problem === null ? '' : ` · ${problem}`}`;
  if (text === null || text.includes('\0')) {
    const remark = truncated || body.length > maxBytes ? cutRemark : '';
    return view(`${size} · not text, shown in hex${remark}`, hexDump(body.subarray(0, maxBytes)));
  }
  const laidOut = layOutJson(text, maxText);
  const whole = laidOut ?? text;
  const remark = `${laidOut === undefined ? '' : ' · laid out for reading'}${truncated || whole.length > maxText ? cutRemark : ''}`;
  return view(`${size}${remark}`, lines(whole.slice(0, maxText)));
}

/** HTML drops the first line break after the tag. */
function view(remark: string, content: Markup): Markup {
  return markup`<p class="quiet">${remark}</p><pre tabindex="0">\n${content}</pre>`;
}

function hexDump(bytes: Uint8Array): Markup {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = [...row].map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${text}`);
  }
  return lines(rows.join('\n'));
}

/**
 * JSON of one line laid out for reading, with its texts and numbers as they are written; ends when there are more than `most`
 * characters. Undefined for any other text.
 */
export function layOutJson(text: string, most: number): string | undefined {
  if (!/^[{[]/.test(text) || text.length > longest || text.trimEnd().includes('\n') || !isJson(text)) return undefined;
  let out = '';
  let depth = 0;
  const newLine = () => `\n${'  '.repeat(Math.min(depth, deepest))}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (out.length > most) break;
    if (token === '{' || token === '[') {
      depth++;
      out += token + newLine();
    } else if (token === '}' || token === ']') {
      depth--;
      out += newLine() + token;
    } else if (token === ',') {
      out += token + newLine();
    } else {
      out += token === ':' ? ': ' : token;
    }
  }
  return out;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const maxHeaders = 60;
const maxOfValue = 2000;

/** A delivery whole: its request, and the answer to each of its attempts. */
export function deliveryDetails(ended: DeliveryEnded): Markup {
  const { delivery, attempts } = ended;
  const { headers, bytes, sha256 } = requestFacts(delivery);
  const added = framingHeaders(delivery, bytes);
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
  const shown = headers.slice(0, maxHeaders);
  const rows = shown.map(([name, value]) => markup`<tr><th scope="row">${cut(name)}</th><td>${cut(value)}</td></tr>`);
  const left = headers.length - shown.length;
  const more = left > 0 ? markup`<p class="quiet">and ${left} more headers</p>` : null;
  return markup`<table class="headers"><tbody>${rows}</tbody></table>${more}`;
}

function cut(text: string): string {
  return text.length > maxOfValue ? `${text.slice(0, maxOfValue)}…` : text;
}
