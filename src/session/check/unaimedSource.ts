import type { CaseSource } from '../../check/cases/caseSource.js';

/** What cases are made of but for the address, which the built-in receiver only has once it is started. */
export type UnaimedSource = Omit<CaseSource, 'urlFor'>;
