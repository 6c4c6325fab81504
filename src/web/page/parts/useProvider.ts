import type { ProviderDetails } from '../../protocol.js';
import { type Answered, useAnswer } from '../app/useAnswer.js';

/** All about a provider; nothing where none is named. */
export function useProvider(name: string | null): Answered<ProviderDetails> {
  return useAnswer<ProviderDetails>(name ? `/api/providers/${encodeURIComponent(name)}` : null, true);
}
