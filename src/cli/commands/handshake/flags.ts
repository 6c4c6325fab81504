import type { RouteFlags } from '../../options/flags/route.js';

/** What `handshake` was told, as typed. */
export interface HandshakeCommandFlags extends RouteFlags {
  to?: string;
  secret?: string[];
  header?: string[];
  timeout?: string;
  seed?: string;
  now?: string;
  serveKeys?: string;
  dryRun?: true;
  curl?: true;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  config?: string;
}
