import { describe, expect, it } from 'vitest';
import { testReceivers } from './checkReceiver.js';
import { zoo } from './zoo.js';

const flawed = zoo.filter((receiver) => !receiver.correct);

describe('a flawed receiver is named for what it is:', () => testReceivers(flawed));

it('there are flaws enough in three languages', () => {
  const written = (ending: string) => flawed.filter(({ file }) => file.endsWith(ending)).length;
  expect({ mjs: written('.mjs') >= 36, py: written('.py') >= 4, rb: written('.rb') >= 3 }).toEqual({
    mjs: true,
    py: true,
    rb: true,
  });
});
