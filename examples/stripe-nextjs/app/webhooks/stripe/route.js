// Receives the webhooks of Stripe with a route handler of Next.js.
import Stripe from 'stripe';
import { keepOnce } from '../../../events.js';

// Verifying needs no key of the API, and calls nothing.
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? 'sk_test_not_used');

const maxBytes = 2 * 1024 * 1024;

export async function POST(request) {
  // The bytes as they came: what request.json() gives is not what Stripe signed.
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > maxBytes) return Response.json({ error: 'too large' }, { status: 413 });
  let event;
  try {
    event = stripe.webhooks.constructEvent(
      body,
      request.headers.get('stripe-signature') ?? '',
      process.env.STRIPE_WEBHOOK_SECRET,
    );
  } catch {
    return Response.json({ error: 'neither signed by Stripe nor JSON' }, { status: 400 });
  }
  if (typeof event?.id !== 'string') return Response.json({ error: 'no event' }, { status: 400 });
  // Stripe sends an event again until it is taken, under the same id.
  const isNew = keepOnce(event.id, event);
  // Keep the event, answer, and work on it later: a type that nobody handles is taken, too.
  return Response.json({ received: true, duplicate: !isNew });
}
