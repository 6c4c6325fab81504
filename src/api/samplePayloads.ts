/** The payload types of each provider's events, by name. The build makes them from the samples: see `sampleTypes.js`. */
// biome-ignore lint/complexity/noBannedTypes: the sources know no payload types
export type SamplePayloads = {};
