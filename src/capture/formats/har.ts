import type { Header } from '../../core/delivery.js';
import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import { badCapture, type CapturedItem, contentLength } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { scalarText } from '../scalarText.js';

/** The part of a HAR entry that is read. */
interface HarEntry {
  readonly startedDateTime?: unknown;
  readonly request?: {
    readonly method?: unknown;
    readonly url?: unknown;
    readonly headers?: unknown;
    readonly bodySize?: unknown;
    readonly postData?: { readonly text?: unknown; readonly encoding?: unknown; readonly params?: unknown };
    /** The text of some proxies in place of a binary body. */
    readonly _content?: { readonly text?: unknown; readonly encoding?: unknown };
  } | null;
}

/** HAR 1.2, as browsers and proxies write it (http://www.softwareishard.com/blog/har-12-spec/). */
export const readHar: CaptureFormat = (input) => {
  const entries = (input.document as { log?: { entries?: unknown } } | null)?.log?.entries;
  return Array.isArray(entries) ? entries.map((entry, at) => harItem(entry, at + 1, input)) : null;
};

function harItem(entry: HarEntry | null, number: number, input: CaptureInput): CapturedItem {
  const request = entry?.request;
  const headers = headersFrom(request?.headers);
  const item = buildItem(
    {
      method: request?.method,
      url: request?.url,
      headers,
      body: () => readBody(request?.postData ?? request?._content, `entry ${number}`, { request, headers, input }),
      at: entry?.startedDateTime,
    },
    input,
  );
  return {
    ...item,
    read: () => {
      if (typeof request !== 'object' || request === null)
        throw badCapture(input.source, `entry ${number} has no request.`);
      if (headers.length === 0) throw badCapture(input.source, `the request of entry ${number} has no headers.`);
      return item.read();
    },
  };
}

interface HarBodyContext {
  readonly request: HarEntry['request'];
  readonly headers: readonly Header[];
  readonly input: CaptureInput;
}

function readBody(
  postData: NonNullable<HarEntry['request']>['postData'],
  which: string,
  { request, headers, input: { source, nameOf } }: HarBodyContext,
): CapturedBody {
  const text = postData?.text;
  const hasParams = Array.isArray(postData?.params) && postData.params.length > 0;
  if (typeof text !== 'string' || (text === '' && hasParams && contentLength(headers) !== 0)) {
    if (!postData?.params && isBodiless(request, headers)) return null;
    const reason = postData?.params ? 'only its parsed parameters' : 'no body (postData.text)';
    throw badCapture(
      source,
      `${which} holds ${reason}. Record it with its content, or give the body with ${nameOf('body')}.`,
    );
  }
  const { encoding } = postData!;
  if (encoding === undefined || encoding === null || /^(?:utf-?8)?$/i.test(scalarText(encoding))) return { text };
  if (encoding !== 'base64') throw badCapture(source, `the body of ${which} has an encoding other than base64.`);
  return { base64: text };
}

/** Returns whether a request that has no postData had no body either. */
function isBodiless(request: HarEntry['request'], headers: readonly Header[]): boolean {
  const length = contentLength(headers) ?? (typeof request?.bodySize === 'number' ? request.bodySize : -1);
  if (length >= 0) return length === 0;
  return /^(?:GET|HEAD|DELETE|OPTIONS)$/i.test(scalarText(request?.method));
}
