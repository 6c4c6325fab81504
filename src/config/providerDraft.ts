import type { Plain } from '../core/plain.js';
import type { ProviderDescription } from '../core/providerDescription.js';

/** The kinds of description that can be begun. */
export const providerFormats = ['yaml', 'json', 'ts'] as const;
export type ProviderFormat = (typeof providerFormats)[number];

/** What a new provider is to say. */
export interface ProviderDraft {
  readonly format: ProviderFormat;
  readonly description: ProviderDescription;
  /** By the name of their file, without the ending. */
  readonly samples: Readonly<Record<string, Plain>>;
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

/** The files of a new provider: its description, with comments that say what else it can hold, and its samples. */
export async function draftProvider(draft: ProviderDraft): Promise<DraftFile[]> {
  const { format, samples, vectors = [] } = draft;
  return [
    { path: `provider.${format}`, text: await describe(draft) },
    ...Object.entries(samples).map(([name, body]) => ({ path: `payloads/${name}.json`, text: json(body) })),
    ...(vectors.length > 0 ? [{ path: 'vectors.json', text: json(vectors) }] : []),
  ];
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

/** JSON as people write it in TypeScript: keys without quotes where they need none, and apostrophes around texts. */
function literal(value: Plain): string {
  return JSON.stringify(value, null, 2)
    .replaceAll(/^( *)"([A-Za-z_$][\w$]*)":/gm, '$1$2:')
    .replaceAll(/"((?:[^"\\']|\\[^"])*)"/g, "'$1'")
    .replaceAll(/([^[{,])$/gm, '$1,')
    .replace(/,$/, '');
}
