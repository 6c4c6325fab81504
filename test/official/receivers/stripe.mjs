// As the package's own example for Express: the raw body, constructEvent, 400 for what does not verify.
import express from 'express';
import Stripe from 'stripe';

export function receive({ secret }) {
  const stripe = new Stripe('sk_test_placeholder');
  const app = express();
  app.post('/webhook', express.raw({ type: 'application/json', limit: '2mb' }), (req, res) => {
    let event;
    try {
      event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], secret);
    } catch (error) {
      return res.status(400).send(`Webhook Error: ${error.message}`);
    }
    if (event?.type === 'customer.created') console.error(event.data?.object?.id);
    res.json({ received: true });
  });
  return app;
}
