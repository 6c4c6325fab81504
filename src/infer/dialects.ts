import { findHeader } from '../core/delivery.js';
import type { Dialect, JsonDialect } from '../core/provider.js';
import { bodyFacts } from '../diagnose/hypotheses/bodyFacts.js';
import { isJson } from '../json/dialect.js';
import { dialectNames } from '../json/encodeJson.js';
import { type SampleReading, writesAgain } from './capturedBody.js';
import type { CapturedRequest } from './foundScheme.js';

/** Larger bodies are not written again in each dialect. */
const maxWritten = 2 << 20;
/** A number of so many digits is no number that a provider writes, and costs more than all the rest. */
const longestNumber = /\d{5000}/;

/** The dialects that write the body byte for byte as it came, the likeliest first. */
export function dialectsOf({ body, headers }: CapturedRequest, read: SampleReading): Dialect[] {
  const facts = bodyFacts(body);
  if (body.length > maxWritten) return [];
  if (!isJson(read.dialect)) return writesAgain(read, body, headers) ? [read.dialect] : [];
  if (longestNumber.test(facts.text)) return [];
  const found = dialectNames.filter((dialect) => facts.inDialect(dialect) === facts.text);
  const agent = findHeader(headers, 'user-agent') ?? '';
  const hinted = hints.find(([shape]) => shape.test(agent))?.[1];
  return [...found].sort((a, b) => Number(b === hinted) - Number(a === hinted));
}

/** The dialect of the JSON encoder by the User-Agent of a client. */
const hints: readonly (readonly [shape: RegExp, dialect: JsonDialect])[] = [
  [/^Go-http-client|\bGo\//i, 'go'],
  [/python|aiohttp|httpx/i, 'python'],
  [/\bruby\b|faraday|httparty|typhoeus/i, 'rails'],
  [/guzzle|\bphp\b/i, 'php'],
];
