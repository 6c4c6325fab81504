/** A secret, with where it came from for the user to recognise it; the value itself is never printed. */
export interface Secret {
  readonly value: string;
  /** `--secret`, `env:SCALEV_SIGNING_SECRET`, `file:./secret.txt`, `sample`. */
  readonly source: string;
  /** True for the provider's invented sample secret. */
  readonly isSample: boolean;
}
