import { beforeAll } from 'vitest';
import { bundleCli } from '../support/process.js';
import { describeExample } from './describeExample.js';
import { vendorExamples } from './examples.js';

beforeAll(bundleCli);

for (const example of vendorExamples) describeExample(example);
