export type { Certainty, Fact } from '../core/fact.js';
export type { Policy } from '../core/policy.js';
export type { EventSpec, Provider, Story } from '../core/provider.js';
export type { SchemeOptions } from '../core/scheme.js';
