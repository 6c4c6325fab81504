import { exampleProvider } from '../support/exampleProviders.js';

export const standardWebhooks = exampleProvider('standard-webhooks');
