import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { preparePayload } from './prepare.js';

/** The body of another event than this one, for the forgery that takes its signature. */
export async function bodyOfAnother(provider: Provider, event: string): Promise<Uint8Array> {
  for (const other of Object.keys(provider.events)) {
    if (other === event) continue;
    try {
      const request = { provider, event: other, variant: null, edits: [], fresh: 'nothing' } as const;
      return (await preparePayload(request)).payload.bytes;
    } catch (error) {
      // One's own provider may have samples of some events only.
      if (!(error instanceof UsageError && error.code === 'NO_PAYLOAD')) throw error;
    }
  }
  return Buffer.from('{}');
}
