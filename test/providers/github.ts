import { exampleProvider } from '../support/exampleProviders.js';

export const github = exampleProvider('github');
