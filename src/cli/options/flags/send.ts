import type { StartFlags } from '../startOptions.js';
import type { RouteFlags } from './route.js';

/** What `send` was told, as typed; nothing is filled in here. */
export interface SendFlags extends RouteFlags, StartFlags {
  all?: true;
  variant?: string;
  to?: string;
  secret?: string[];
  set?: string[];
  unset?: string[];
  edit?: true;
  data?: string;
  raw?: string;
  header?: string[];
  forge?: string;
  count?: string;
  concurrency?: string;
  timeout?: string;
  expect?: string;
  retry?: true;
  speed?: string;
  schedule?: string;
  duplicate?: string;
  fault?: string;
  bodyStyle?: string;
  fresh?: string;
  exact?: true;
  seed?: string;
  now?: string;
  dryRun?: true;
  curl?: true;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  config?: string;
  log?: boolean;
}
