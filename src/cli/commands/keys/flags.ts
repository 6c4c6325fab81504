/** What `keys` was told, as typed. */
export interface KeysFlags {
  format?: string;
  out?: string;
  force?: true;
  serve?: string;
  secret?: string[];
  to?: string;
  config?: string;
  json?: true;
  quiet?: true;
}
