export type { Config, ReportConfig, SecretReference, SecretReferences, TargetConfig } from './api/config.js';
export { defineConfig } from './api/config.js';
export { providers } from './api/providers.js';
export type { Certainty, EventSpec, Fact, Policy, Provider, SchemeOptions, Story } from './api/types.js';
export { version } from './api/version.js';
