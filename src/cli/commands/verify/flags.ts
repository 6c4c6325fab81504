/** What `verify` was told, as typed. */
export interface VerifyFlags {
  entry?: string;
  body?: string;
  header?: string[];
  secret?: string[];
  url?: string;
  now?: string;
  tolerance?: string;
  computed?: string;
  json?: true;
  quiet?: true;
  config?: string;
}
