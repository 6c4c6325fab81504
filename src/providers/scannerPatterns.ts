/** Patterns of live secrets in common secret scanners, by the kind they report. */
export const scannerPatterns: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['Stripe key', /\b[rsp]k_(live|test)_/],
  ['Stripe webhook secret', /whsec_[A-Za-z0-9+/=]{24,}/],
  ['AWS access key', /\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/],
  ['GitHub token', /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/],
  ['Slack token', /\bxox[abeoprs]-/],
  ['Shopify secret', /\bshp(at|ca|pa|ss)_[0-9a-fA-F]{32}/],
  ['Google API key', /\bAIza[\w-]{35}/],
  ['SendGrid key', /\bSG\.[\w-]{16,}/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}/],
  ['private key', /-----BEGIN/],
  ['JSON web token', /\beyJ[\w-]{10,}/],
];
