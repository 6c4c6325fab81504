import { contentAdded } from './contentAdded.js';
import type { ContentHypothesis } from './contentFacts.js';
import { contentFields } from './contentFields.js';
import { contentMessages } from './contentMessages.js';
import { contentParts } from './contentParts.js';
import { contentUrls } from './contentUrls.js';
import { contentValues } from './contentValues.js';

/** Other contents than the scheme's that may have been signed, the likeliest first. */
export const contents: readonly ContentHypothesis[] = [
  ...contentMessages,
  ...contentUrls,
  ...contentFields,
  ...contentParts,
  ...contentValues,
  ...contentAdded,
];
