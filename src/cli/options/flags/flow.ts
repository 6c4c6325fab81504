import type { StartFlags } from '../startOptions.js';
import type { RouteFlags } from './route.js';

/** What `flow` was told, as typed; nothing is filled in here. */
export interface FlowFlags extends RouteFlags, StartFlags {
  all?: true;
  list?: true;
  order?: string;
  drop?: string[];
  jitter?: string;
  duplicate?: string;
  concurrency?: string;
  speed?: string;
  orders?: true;
  probe?: string;
  to?: string;
  secret?: string[];
  header?: string[];
  timeout?: string;
  seed?: string;
  now?: string;
  dryRun?: true;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  log?: boolean;
  config?: string;
}
