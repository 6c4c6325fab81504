/** Where a secret is found: `env:NAME` or `file:PATH`, the path from the folder of the file that says so. Never the secret itself. */
export type SecretReference = `env:${string}` | `file:${string}`;

/** A secret, with where it came from for the user to recognise it; the value itself is never printed. */
export interface Secret {
  readonly value: string;
  /** `--secret`, `env:SCALEV_SIGNING_SECRET`, `file:./secret.txt`, `sample`. */
  readonly source: string;
  /** True for the provider's invented sample secret. */
  readonly isSample: boolean;
}
