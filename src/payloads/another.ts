import type { Provider } from '../core/provider.js';
import { preparePayload } from './prepare.js';

/** The body of another event than this one, for the forgery that takes its signature. */
export async function bodyOfAnother(provider: Provider, event: string): Promise<Uint8Array> {
  const other = Object.keys(provider.events).find((name) => name !== event);
  if (other === undefined) return Buffer.from('{}');
  const { payload } = await preparePayload({ provider, event: other, variant: null, edits: [], fresh: 'nothing' });
  return payload.bytes;
}
