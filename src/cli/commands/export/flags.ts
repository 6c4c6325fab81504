import type { SendFlags } from '../../options/flags/send.js';

type Shared = 'variant' | 'set' | 'unset' | 'data' | 'raw' | 'header' | 'bodyStyle' | 'fresh' | 'exact' | 'seed';

/** What `export` was told, as typed. */
export interface ExportFlags extends Pick<SendFlags, Shared | 'now' | 'to' | 'secret' | 'quiet' | 'config'> {
  format?: string;
  out?: string;
  force?: true;
  withSecrets?: true;
  allVariants?: true;
  forge?: string[];
  forgeries?: true;
  json?: true;
}
