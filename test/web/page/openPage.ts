import { join } from 'node:path';

/** The page as it is built. */
export const pageFile = join(import.meta.dirname, '../../../dist/ui.html');
