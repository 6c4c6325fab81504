import { bodyCoding } from './bodyCoding.js';
import { bodyCompression } from './bodyCompression.js';
import type { BodyHypothesis } from './bodyFacts.js';
import { bodyJson } from './bodyJson.js';
import { bodyLines } from './bodyLines.js';
import { bodyParts } from './bodyParts.js';
import { bodyTexts } from './bodyTexts.js';

/** What may have been signed in place of the body, the likeliest first. */
export const bodies: readonly BodyHypothesis[] = [
  ...bodyLines,
  ...bodyTexts,
  ...bodyJson,
  ...bodyParts,
  ...bodyCompression,
  ...bodyCoding,
];
