import { extname } from 'node:path';

/** Returns the providers of a config with one more. */
function appendEntry(written: unknown, entry: string): readonly unknown[] {
  if (written === undefined || written === null) return [entry];
  return [...(Array.isArray(written) ? written : [written]), entry];
}

/** The text of a config that names one more provider, all else as it was; null for a kind that only its author can change. */
export async function addProvider(file: string, text: string, entry: string): Promise<string | null> {
  const ending = extname(file);
  if (ending === '.json') return addToJson(text, entry);
  if (ending !== '.yaml' && ending !== '.yml') return null;
  const { addListItem } = await import('../../documents/addListItem.js');
  return addListItem(text, {
    key: 'providers',
    item: entry,
    comment: 'Custom providers: folders, files or descriptions.',
  });
}

function addToJson(text: string, entry: string): string {
  const config = JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, unknown>;
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const changed = { ...config, providers: appendEntry(config.providers, entry) };
  return `${JSON.stringify(changed, null, indent)}${text.endsWith('\n') ? '\n' : ''}`;
}
