import { describe, expect, it } from 'vitest';
import { testReceivers } from './checkReceiver.js';
import { zoo } from './zoo.js';

const faulty = zoo.filter((receiver) => !receiver.correct);

describe('a faulty receiver is named for what it is:', () => testReceivers(faulty));

it('there are findings enough in three languages', () => {
  const written = (ending: string) => faulty.filter(({ file }) => file.endsWith(ending)).length;
  expect({ mjs: written('.mjs') >= 36, py: written('.py') >= 4, rb: written('.rb') >= 3 }).toEqual({
    mjs: true,
    py: true,
    rb: true,
  });
});
