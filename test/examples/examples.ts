import type { Example } from './describeExample.js';

/** Receivers for a framework or language. */
export const languageExamples: readonly Example[] = [
  { name: 'express', providers: ['scalev', 'commercelayer'] },
  { name: 'fastify', providers: ['covver'] },
  { name: 'node', providers: ['bharatcart'] },
  { name: 'python', providers: ['scalev'] },
  { name: 'ruby', providers: ['webconnex'], proof: ['ruby', '-ropenssl', '-e', ''] },
];

/** Receivers of the providers that most people integrate, as their own libraries have it. */
export const vendorExamples: readonly Example[] = [
  { name: 'github-probot', providers: ['github'], packages: 'official' },
  { name: 'shopify-express', providers: ['shopify'], packages: 'official' },
  { name: 'slack-bolt', providers: ['slack'], packages: 'official' },
  { name: 'stripe-nextjs', providers: ['stripe'], packages: 'next', hasTests: true },
  { name: 'whatsapp-python', providers: ['whatsapp'], proof: ['python3', '-c', 'import flask'] },
];
