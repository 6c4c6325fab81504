export type { Config, ReportConfig, SecretReference, SecretReferences, TargetConfig } from '../config/config.js';
export { defineConfig } from '../config/defineConfig.js';
