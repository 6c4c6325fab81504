import { describe, expect, it } from 'vitest';
import { testReceivers } from './checkReceiver.js';
import { zoo } from './zoo.js';

const correct = zoo.filter((receiver) => receiver.correct && !receiver.waits);

describe('a correct receiver gets no false alarm:', () => testReceivers(correct));

it('there are correct receivers for every provider', () => {
  expect(new Set(correct.map(({ provider }) => provider)).size).toBe(5);
});
