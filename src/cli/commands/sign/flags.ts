export interface SignFlags {
  event?: string;
  secret?: string[];
  url?: string;
  seed?: string;
  now?: string;
  json?: true;
  config?: string;
}
