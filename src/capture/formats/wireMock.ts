import type { Header } from '../../core/delivery.js';
import { bodyFrom, buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import { badCapture, type CapturedItem } from '../capture.js';
import { type CaptureInput, compactJson, type DocumentPart, type PartReader } from '../captureInput.js';

/**
 * Reads the JSON of WireMock (https://wiremock.org/docs/): requests of its journal, which are exact; the webhooks that a stub sends; and a stub
 * itself, whose matchers describe a request.
 */
export const readWireMock: PartReader = (part, input) => {
  const { value, path } = part;
  const journal = (isLogged(value) ? value : isLogged(value.request) ? value.request : null) as Members | null;
  if (journal) {
    const { method, absoluteUrl, url, headers, body, bodyAsBase64, loggedDate } = journal;
    const content: CapturedBody =
      typeof bodyAsBase64 === 'string' && (bodyAsBase64 !== '' || !body)
        ? { base64: bodyAsBase64 }
        : bodyFrom(body, () => undefined);
    return [
      buildItem(
        { method, url: absoluteUrl ?? url, headers: headersFrom(headers), body: content, at: loggedDate },
        input,
      ),
    ];
  }
  if (typeof value.request !== 'object' || value.request === null || typeof value.response !== 'object') return null;
  const webhooks = readWebhooks(part, input);
  if (webhooks.length > 0) return webhooks;
  return isStub(value.request as Members) ? [stub(value.request as Members, [...path, 'request'], input)] : null;
};

type Members = Readonly<Record<string, unknown>>;

function isLogged(value: unknown): boolean {
  const { absoluteUrl, loggedDate, method } = (value ?? {}) as Members;
  return typeof method === 'string' && (absoluteUrl !== undefined || loggedDate !== undefined);
}

function readWebhooks({ value }: DocumentPart, input: CaptureInput): CapturedItem[] {
  const actions = [value.serveEventListeners, value.postServeActions].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return actions.flatMap((action: Members | null) => {
    if (action?.name !== 'webhook') return [];
    const { method, url, headers, body, base64Body } = (action.parameters ?? {}) as Members;
    const content: CapturedBody =
      typeof base64Body === 'string' ? { base64: base64Body } : bodyFrom(body, () => undefined);
    const isTemplate = typeof body === 'string' && /\{\{[^}]*\}\}/.test(body);
    const notes = isTemplate ? ['The body of this webhook is a template, whose {{…}} stand as they are written.'] : [];
    return [buildItem({ method, url, headers: headersFrom(headers), body: content, notes }, input)];
  });
}

const addressKeys = ['url', 'urlPath', 'urlPattern', 'urlPathPattern', 'urlPathTemplate'];

function isStub(request: Members): boolean {
  const hasMatchers = typeof request.headers === 'object' || Array.isArray(request.bodyPatterns);
  return hasMatchers && addressKeys.some((key) => request[key] !== undefined) && !Array.isArray(request.headers);
}

/** The request that a stub waits for, as far as its matchers say it. */
function stub(request: Members, path: DocumentPart['path'], input: CaptureInput): CapturedItem {
  const { method, url, urlPath, headers } = request;
  const known: Header[] = Object.entries((headers ?? {}) as Record<string, unknown>).flatMap(([name, matcher]) => {
    const value = (matcher as Members | null)?.equalTo;
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const body = (): CapturedBody => {
    const patterns = Array.isArray(request.bodyPatterns) ? (request.bodyPatterns as (Members | null)[]) : [];
    for (const [at, pattern] of patterns.entries()) {
      if (typeof pattern?.binaryEqualTo === 'string') return { base64: pattern.binaryEqualTo };
      if (typeof pattern?.equalTo === 'string') return { text: pattern.equalTo };
      if (typeof pattern?.equalToJson === 'string') return { text: pattern.equalToJson };
      const json =
        pattern?.equalToJson === undefined ? undefined : input.valueAt([...path, 'bodyPatterns', at, 'equalToJson']);
      if (json !== undefined) return { text: compactJson(json) };
    }
    if (patterns.length > 0) {
      throw badCapture(
        input.source,
        'this stub of WireMock has no whole body. Take a request of its journal: GET /__admin/requests',
      );
    }
    return null;
  };
  const notes = ['A stub says what a request has to match, not its bytes: what it does not say is left out.'];
  return buildItem(
    { method: method === 'ANY' ? 'POST' : method, url: url ?? urlPath, headers: known, body, notes },
    input,
  );
}
