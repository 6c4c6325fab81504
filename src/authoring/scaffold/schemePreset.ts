import type { ProviderDescription } from '../../core/providerDescription.js';
import type { sampleForms } from './sampleForms.js';

/** The parts of a provider that a preset decides; the rest is as with most providers. */
export type PresetParts = Pick<
  ProviderDescription,
  'headers' | 'values' | 'signatures' | 'secret' | 'handshakes' | 'policy'
>;

/** A usual way to sign, which a new provider can begin with. */
export interface SchemePreset {
  readonly name: string;
  readonly title: string;
  /** The default name of the header that proves a delivery. Null where it is fixed. */
  readonly header: ((prefix: string) => string) | null;
  /** The form of its payloads; by default the usual one. */
  readonly form?: keyof typeof sampleForms;
  readonly parts: (header: string, prefix: string, name: string) => PresetParts;
}
