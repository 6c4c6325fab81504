export interface ProviderTestFlags {
  config?: string;
  strict?: true;
  json?: true;
}
