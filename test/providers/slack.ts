import { exampleProvider } from '../support/exampleProviders.js';

export const slack = exampleProvider('slack');
