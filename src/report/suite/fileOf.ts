/** The file of a suite as its repository names it (`ci/smoke.webhooks.yaml`); null for a suite that has none. */
export type FileOf = (suite: string) => string | null;
