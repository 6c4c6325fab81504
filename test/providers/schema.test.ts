import { expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { providerSchema } from '../../src/providers/schema.js';
import { github } from './github.js';
import { shopify } from './shopify.js';
import { slack } from './slack.js';
import { standardWebhooks } from './standardWebhooks.js';
import { stripe } from './stripe.js';

it.each<Provider>([github, shopify, slack, standardWebhooks, stripe])(
  '$title is data that passes the schema',
  (provider) => {
    expect(providerSchema.parse(JSON.parse(JSON.stringify(provider)))).toEqual(provider);
  },
);
