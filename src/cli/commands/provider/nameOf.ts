import { basename } from 'node:path';
import type { ProviderSource } from '../../../config/findProviders.js';
import { UsageError } from '../../../core/errors.js';

/** The name that a description tells; one that can't be read is called as its folder. */
export async function nameOf(source: ProviderSource): Promise<string> {
  const fallback = source.folder === null ? source.shown : basename(source.folder);
  try {
    const { name } = ((await source.read()).data ?? {}) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : fallback;
  } catch (error) {
    if (error instanceof UsageError) return fallback;
    throw error;
  }
}
