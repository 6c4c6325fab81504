/** The facts that a receiver has to know of a provider, from its own documents: nothing here comes from the code under test. */
export interface Facts {
  readonly header: string;
  readonly encoding: 'hex' | 'base64';
}

export const facts = {
  scalev: { header: 'X-Scalev-Hmac-Sha256', encoding: 'base64' },
  bharatcart: { header: 'X-Webhook-Signature', encoding: 'hex' },
  covver: { header: 'covverSignature', encoding: 'base64' },
  webconnex: { header: 'X-Webconnex-Signature', encoding: 'hex' },
  commercelayer: { header: 'X-CommerceLayer-Signature', encoding: 'base64' },
} as const satisfies Record<string, Facts>;

export type ProviderName = keyof typeof facts;

/** The secret that all receivers of the zoo hold; in the form that some providers' secrets have. */
export const secret = '7c1f0e9ab25d4836905fd21c8e47ab63';
