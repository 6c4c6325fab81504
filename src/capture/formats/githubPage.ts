import { findHeader } from '../../core/delivery.js';
import { JsonSyntaxError, parseJson } from '../../json/parse.js';
import type { Json } from '../../json/value.js';
import { buildItem, headersFrom } from '../buildItem.js';
import type { CaptureFormat } from '../captureInput.js';
import { githubBody } from './githubDelivery.js';

const page =
  /^\s*(?:Headers\s+)?Request URL:[ \t]*(\S+)[ \t]*\r?\nRequest method:[ \t]*(\w+)[ \t]*\r?\n([\s\S]*?)\r?\n\s*\r?\n(?:Payload\s+)?([\s\S]*)$/i;

/** A recent delivery as it is copied from a page of GitHub, which lays the JSON of its payload out. */
export const readGithubPage: CaptureFormat = (input) => {
  const [whole, url, method, lines = '', text = ''] = page.exec(input.text) ?? [];
  if (whole === undefined) return null;
  const headers = headersFrom(lines);
  const json = /^\{\s*\n/.test(text) ? parsed(text) : undefined;
  const isForm = /form-urlencoded/i.test(findHeader(headers, 'content-type') ?? '');
  return [buildItem({ method, url, headers, body: json === undefined ? { text } : githubBody(json, isForm) }, input)];
};

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
