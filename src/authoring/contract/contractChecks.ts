import type { ContractProblem } from '../../core/contract.js';
import { checkIdentities } from './checkIdentities.js';
import { checkCover } from './coverCheck.js';
import { checkDeliveries, checkSignatures } from './deliveryChecks.js';
import { checkFlows } from './flowCheck.js';
import { checkForgeries } from './forgeryCheck.js';
import { checkFreshness } from './freshnessCheck.js';
import { checkHandshakes } from './handshakeCheck.js';
import { checkFields, checkValues } from './placeChecks.js';
import { checkRenewal } from './renewalCheck.js';
import { checkEventNames, checkSamples } from './sampleChecks.js';
import { checkSecret } from './secretCheck.js';
import type { ContractSubject } from './subject.js';
import { checkVectors } from './vectorCheck.js';

/** One thing that has to be so with each provider. */
export interface ContractCheck {
  /** Stable. */
  readonly name: string;
  readonly title: string;
  readonly run: (subject: ContractSubject) => readonly ContractProblem[] | Promise<readonly ContractProblem[]>;
}

/** What is held before these: that the description fits, and that its samples can be read. */
export const firstChecks = {
  description: { name: 'description', title: 'the description fits' },
  json: { name: 'json', title: 'the samples are JSON' },
} as const;

/** What is held of a provider whose description fits, in the order in which it is reported. */
export const contractChecks: readonly ContractCheck[] = [
  { name: 'samples', title: 'each event and variant has a sample, and nothing else has', run: checkSamples },
  { name: 'event-names', title: 'each sample contains the name of its event', run: checkEventNames },
  { name: 'fields', title: 'the samples have a place for each field that is filled', run: checkFields },
  { name: 'values', title: 'the samples have each field that is read', run: checkValues },
  { name: 'deliveries', title: 'each sample becomes a delivery', run: checkDeliveries },
  { name: 'signatures', title: 'a receiver can verify each delivery', run: checkSignatures },
  { name: 'cover', title: 'the signature covers the body', run: checkCover },
  { name: 'forgeries', title: 'no forgery passes for a delivery', run: checkForgeries },
  { name: 'handshakes', title: 'each handshake can be made and verified', run: checkHandshakes },
  { name: 'flows', title: 'each flow can be run', run: checkFlows },
  { name: 'identities', title: 'the samples hold their identities', run: checkIdentities },
  { name: 'renewal', title: 'fresh ids and times fit into the samples', run: checkRenewal },
  { name: 'freshness', title: 'no two deliveries are one to a receiver that de-duplicates', run: checkFreshness },
  { name: 'secret', title: 'the sample secret is a good one, and not the real one', run: checkSecret },
  { name: 'vectors', title: 'requests that were captured are accepted', run: checkVectors },
];
