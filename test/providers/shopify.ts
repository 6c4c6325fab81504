import { exampleProvider } from '../support/exampleProviders.js';

export const shopify = exampleProvider('shopify');
