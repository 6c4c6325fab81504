export interface ProviderNewFlags {
  from?: string;
  entry?: string;
  secret?: string[];
  event?: string[];
  scheme?: string;
  header?: string;
  hash?: string;
  encoding?: string;
  content?: string;
  secretEnv?: string;
  dir?: string;
  format?: string;
  config?: string;
  force?: true;
  dryRun?: true;
}
