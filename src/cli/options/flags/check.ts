import type { StartFlags } from '../startOptions.js';
import type { RouteFlags } from './route.js';

/** What `check` was told, as typed; nothing is filled in here. */
export interface CheckFlags extends RouteFlags, StartFlags {
  to?: string;
  secret?: string[];
  timeout?: string;
  variant?: string;
  header?: string[];
  only?: string[];
  skip?: string[];
  allEvents?: true;
  list?: true;
  yes?: true;
  budget?: string;
  expect?: string;
  seed?: string;
  now?: string;
  json?: boolean;
  report?: string[];
  quiet?: boolean;
  verbose?: boolean;
  config?: string;
}
