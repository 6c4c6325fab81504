import type { Provider } from '../../core/provider.js';
import { tellsAddress } from '../../signing/covered.js';

/** A note for each provider to which it makes no difference by which address it knows the receiver, where one is typed. */
export function publicUrlNotes(providers: readonly Provider[], options: { readonly publicUrl?: string }): string[] {
  if (options.publicUrl === undefined) return [];
  return providers
    .filter((provider) => !tellsAddress(provider))
    .map(({ title }) => `note: the public URL changes nothing: ${title} does not sign the address of the receiver.`);
}
