/** Next.js calls this once, when the server starts: a receiver without its secret must not start. */
export function register() {
  if (!process.env.STRIPE_WEBHOOK_SECRET) {
    throw new Error('Set STRIPE_WEBHOOK_SECRET to the secret that you share with Stripe.');
  }
}
