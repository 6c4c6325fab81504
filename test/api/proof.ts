import { createHmac } from 'node:crypto';

/** The secret that receivers of these tests hold. */
export const secret = 'sk_sim_scalev_0001';

/** Whether a body carries Scalev's signature: an independent recipe, with nothing of the code under test. */
export function isGenuine(signature: string | null | undefined, body: string | Uint8Array): boolean {
  return signature === createHmac('sha256', secret).update(body).digest('base64');
}
