import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { zoo } from './zoo.js';

it('the README tells how many receivers there are of each kind', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8').replace(/\s+/g, ' ');
  const correct = zoo.filter((receiver) => receiver.correct).length;
  const mild = zoo.filter((receiver) => !receiver.correct && receiver.isRemark).length;
  const flawed = zoo.length - correct - mild;
  expect(readme).toContain(
    `the check meets ${zoo.length} receivers: ${flawed} have a known flaw each, ${mild} are worth a remark, ${correct} are correct`,
  );
});
