import { exampleProvider } from '../support/exampleProviders.js';

export const stripe = exampleProvider('stripe');
