import { secretAbsent } from './secretAbsent.js';
import { secretCodings } from './secretCodings.js';
import type { SecretHypothesis } from './secretFacts.js';
import { secretOthers } from './secretOthers.js';
import { secretTextMistakes } from './secretTextMistakes.js';

/** What may have been the key in place of the secret, the likeliest first. */
export const secrets: readonly SecretHypothesis[] = [
  ...secretOthers,
  ...secretTextMistakes,
  ...secretCodings,
  ...secretAbsent,
];
