import { decodeUtf16 } from '../core/decodeUtf16.js';

const words = /"(?:openapi|swagger|asyncapi|\$schema|properties)"\s*:/;

/** Returns whether bytes are an OpenAPI document or a JSON Schema, in JSON or YAML, and no captured request. */
export function isSpecification(bytes: Uint8Array): boolean {
  const text = decodeUtf16(bytes) ?? new TextDecoder().decode(bytes);
  if (!/^\s*\{/.test(text.slice(0, 1000))) return isYaml(text);
  if (!words.test(text)) return false;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && isDescribing(data as Record<string, unknown>);
  } catch {
    // A syntax error is reported by the reader, which knows the place.
    return /^\s*\{\s*"(?:openapi|swagger|asyncapi)"/.test(text.slice(0, 1000));
  }
}

function isYaml(text: string): boolean {
  const head = text.slice(0, 65_536);
  if (/^(?:openapi|swagger|asyncapi):\s*['"]?\d/m.test(head)) return true;
  return /^\$schema:/m.test(head) || /^(?:x-)?webhooks:\s*$/m.test(head);
}

function isDescribing(data: Record<string, unknown>): boolean {
  if (typeof data.openapi === 'string' || data.swagger !== undefined || data.asyncapi !== undefined) return true;
  const isObject = (value: unknown) => typeof value === 'object' && value !== null;
  if (typeof data.$schema === 'string' && /json-schema\.org/.test(data.$schema)) return true;
  return data.type === 'object' && isObject(data.properties);
}
