import type { CheckCase } from './case.js';

const first =
  'Verify first. Only then look whether the id is known, and keep it: an id that a forger wrote must change nothing.';

/** Genuine deliveries and forgeries of them that follow each other, or go at once. */
export const sequenceCases: readonly CheckCase[] = [
  {
    name: 'known-id',
    class: 'must-reject',
    sent: 'a genuine delivery, then the same with a false signature',
    why: 'What is looked up before it is verified can be asked for, and answered, by anybody.',
    fix: first,
    forge: 'tampered-signature-middle',
    sequence: { of: ['genuine', 'forged'], are: 'the same' },
    alone: true,
  },
  {
    name: 'coming-id',
    class: 'must-reject',
    sent: 'a false signature, then the same delivery with the right one',
    why: 'Whoever guesses or sees an id keeps the genuine event of that id from being worked on.',
    fix: first,
    forge: 'tampered-signature-middle',
    requires: 'nothing',
    sequence: { of: ['forged', 'genuine'], are: 'the same' },
    alone: true,
  },
  {
    name: 'forged-among-genuine',
    class: 'must-reject',
    sent: '12 genuine deliveries and 12 forgeries at once',
    why: 'Anybody who sends at the same moment as the provider is accepted.',
    fix: 'Keep the state of a request in local variables of its handler: no global, no cache, nothing that requests share.',
    forge: 'random-signature',
    requires: 'nothing',
    sequence: { of: Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 'genuine' : 'forged')), are: 'at once' },
    alone: true,
  },
];
