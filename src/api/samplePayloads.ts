/**
 * The payload types of events, by provider and event. `import 'webhook-sim/types/scalev'` adds those of a provider; it can be augmented with those of
 * your own.
 */
// biome-ignore lint/suspicious/noEmptyInterface: each provider has its types in a file of its own
export interface SamplePayloads {}
