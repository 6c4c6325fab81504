import type { Flow } from '../../core/flow.js';
import type { Plain } from '../../core/plain.js';
import type { ProviderDescription } from '../../core/providerDescription.js';
import { writeFaithfully } from '../../json/encodeJson.js';
import type { Json } from '../../json/value.js';
import { sampleFile, sampleStem } from '../../payloads/sampleName.js';

/** The kinds of description that can be begun. */
export const providerFormats = ['yaml', 'json', 'ts'] as const;
export type ProviderFormat = (typeof providerFormats)[number];

/** The content of a new provider. */
export interface ProviderDraft {
  readonly format: ProviderFormat;
  readonly description: ProviderDescription;
  /** By the name of their event. */
  readonly samples: Readonly<Record<string, Json>>;
  readonly flows?: readonly Flow[];
  /** Requests that were captured, as `vectors.json` holds them. */
  readonly vectors?: readonly Plain[];
  /** Path or URL of the JSON Schema, as the description is to name it. */
  readonly schema: string;
}

/** A file that is to be written, by its path in the folder of the provider. */
export interface DraftFile {
  readonly path: string;
  readonly text: string;
}

/** The files of a new provider: its description, with comments on its other keys, and its samples. */
export async function draftProvider(draft: ProviderDraft): Promise<DraftFile[]> {
  const { format, samples, flows = [], vectors = [] } = draft;
  return [
    { path: `provider.${format}`, text: await describe(draft) },
    ...Object.entries(samples).map(([name, body]) => draftSample(name, body, draft.description)),
    ...(flows.length > 0 ? [{ path: 'flows.yaml', text: await describeFlows(flows) }] : []),
    ...(vectors.length > 0 ? [{ path: 'vectors.json', text: json(vectors) }] : []),
  ];
}

/** The file of a sample: JSON, or a text as it is, under an ending that editors know. */
function draftSample(event: string, body: Json, { dialect }: ProviderDescription): DraftFile {
  const sample = { event, variant: null };
  if (dialect !== 'text' || typeof body !== 'string') {
    return { path: `events/${sampleFile(sample)}`, text: `${writeFaithfully(body, 'pretty')}\n` };
  }
  const isHtml = /^\s*<(?:!doctype html|html)\b/i.test(body);
  const ending = isHtml ? 'html' : body.trimStart().startsWith('<') ? 'xml' : 'txt';
  return { path: `events/${sampleStem(sample)}.${ending}`, text: body };
}

async function describeFlows(flows: readonly Flow[]): Promise<string> {
  const { writeYaml } = await import('../../documents/writeYaml.js');
  return writeYaml(flows);
}

async function describe(draft: ProviderDraft): Promise<string> {
  const { format, description, schema } = draft;
  if (format === 'json') return json({ $schema: schema, ...description } as unknown as Plain);
  if (format === 'yaml') return (await import('./providerYaml.js')).providerYaml(description, schema);
  return `import type { ProviderDescription } from 'webhook-sim';

// How ${description.name} sends its webhooks. See whether it holds: webhook-sim provider test ${description.name}
export default ${literal(description as unknown as Plain)} satisfies ProviderDescription;
`;
}

function json(value: Plain | readonly Plain[]): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Formats a value as people write it in TypeScript: keys without quotes where possible, and short values on one line. */
function literal(value: Plain, indent = ''): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: Plain) => literal(item, inner))
    : Object.entries(value).map(([key, member]) => `${formatKey(key)}: ${literal(member, inner)}`);
  const [open, close, space] = isList ? ['[', ']', ''] : ['{', '}', ' '];
  if (parts.length === 0) return open + close;
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (indent !== '' && !line.includes('\n') && indent.length + line.length < shortLine) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

const shortLine = 90;

function formatKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}
