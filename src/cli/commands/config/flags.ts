export interface ConfigFlags {
  config?: string;
  to?: string;
  json?: true;
}
