export interface InitFlags {
  format?: string;
  target?: string;
  provider?: string[];
  force?: true;
}
