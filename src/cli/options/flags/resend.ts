import type { RouteFlags } from './route.js';

/** What `resend` was told, as typed. */
export interface ResendFlags extends RouteFlags {
  failed?: true;
  exact?: true;
  to?: string;
  secret?: string[];
  header?: string[];
  timeout?: string;
  expect?: string;
  dryRun?: true;
  curl?: true;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  config?: string;
  log?: boolean;
}
