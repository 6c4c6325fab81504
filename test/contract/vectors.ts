/** A request that is signed, with the signature that it must carry. */
export interface Vector {
  readonly secret: string;
  readonly body: string;
  /** Name and value of the header, in the letter case of the provider. */
  readonly header: readonly [name: string, value: string];
}

/** One vector per provider; the signatures were computed with openssl, Python and crypto-js, which agree. */
export const vectors: Readonly<Record<string, Vector>> = {
  scalev: {
    secret: 'sk_sim_scalev_0001',
    body: '{"event":"business.test_event","timestamp":"2026-01-13T01:00:12.616800Z","data":{}}',
    header: ['X-Scalev-Hmac-Sha256', 'ypaLTI7ANk28Zvhr0hGOcHT2rhKFdlhOvdDpESOLnEs='],
  },
  bharatcart: {
    secret: 'whsec_sim_bharat_0001',
    body: '{"event":"order.delivered","timestamp":"2026-02-07T13:05:52Z","data":{"orderId":"ORD-2026-00417","deliveredAt":"2026-02-07T13:05:52Z"}}',
    header: ['X-Webhook-Signature', 'fa94cc908c1d637718108dc4301f981e27bbfd067ea326684c190153439d50a9'],
  },
  covver: {
    secret: 'covver_sim_client_secret',
    body: '{"type":"OrderPlaced","data":{"id":"x","note":"Noël €"}}',
    header: ['covverSignature', 'Npxt+mqagVSJ0XP0G697OwAUO5p2wB5mSo7AbD4g5Is='],
  },
  webconnex: {
    secret: '0f6a1c2b3d4e5f60718293a4b5c6d7e8',
    body: '{"eventType":"test","formId":1234,"eventId":1234,"accountId":5120,"data":{"data":"Simulated test delivery","eventId":1234,"eventType":"test","formId":1234}}',
    header: ['X-Webconnex-Signature', '369ac4dc61edb46bbfda0350cd776e6e69e5ee35f57fce31c1ca582f168a87b6'],
  },
  commercelayer: {
    secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    body: '{"data":{"id":"kdyRhNYpGe","type":"customers","attributes":{"email":"lucia.ferri@example.com"},"meta":{"mode":"test"}}}',
    header: ['X-CommerceLayer-Signature', 'oi7B1f/yPAASx0DCTD46Z1RWpY5za7kRo9a/LnLlp88='],
  },
};
