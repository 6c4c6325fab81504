export interface ShowFlags {
  variant?: string;
  secret?: string[];
  json?: true;
  config?: string;
}
