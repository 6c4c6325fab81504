import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';

/** A receiver of BharatCart's webhooks; what it takes goes to `handle`. */
export function receiver({ secret, handle }) {
  if (!secret) throw new Error('Set BHARATCART_WEBHOOK_SECRET to the secret of the webhook.');
  const app = new Hono();
  app.post('/webhooks', async (context) => {
    const body = Buffer.from(await context.req.arrayBuffer());
    const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('hex'));
    const received = Buffer.from(context.req.header('X-Webhook-Signature') ?? '');
    if (received.length !== expected.length || !timingSafeEqual(received, expected)) return context.body(null, 401);
    let event;
    try {
      event = JSON.parse(body);
    } catch {
      return context.body(null, 400);
    }
    await handle(event);
    return context.body(null, 204);
  });
  return app;
}
