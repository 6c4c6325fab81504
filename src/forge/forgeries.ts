import type { Forgery } from '../core/forgery.js';
import { contentForgeries } from './forgeries/contentForgeries.js';
import { keyForgeries } from './forgeries/keyForgeries.js';
import { schemeForgeries } from './forgeries/schemeForgeries.js';
import { timeForgeries } from './forgeries/timeForgeries.js';

const list = [...keyForgeries, ...contentForgeries, ...schemeForgeries, ...timeForgeries] as const;

/** The name of a forgery. */
export type ForgeryName = (typeof list)[number]['name'];

/** All forgeries, in the order in which they are listed. A correct receiver rejects every one that is not advisory. */
export const forgeries: readonly Forgery[] = list;
