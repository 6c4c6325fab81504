import type { ContractProblem } from '../../core/contract.js';
import { isHash, keyPairOf } from '../../core/schemeFacts.js';
import { coveredBy } from '../../signing/covered.js';
import { warning } from './problem.js';
import type { ContractSubject } from './subject.js';

/** Signatures that cover nothing of the body: to forget it is easy, and looks right in all else. */
export function checkCover({ provider }: ContractSubject): ContractProblem[] {
  const signed = Object.entries(provider.signatures).filter(([, options]) => isHash(options) || keyPairOf(options));
  const { bytes, fields } = coveredBy(provider);
  if (signed.length === 0 || bytes || fields === 'sorted' || fields.length > 0) return [];
  const names = signed.map(([name]) => `signatures.${name}`).join(' and ');
  return [
    warning(
      `${names} cover${signed.length === 1 ? 's' : ''} nothing of the body: whoever sees one signature can send any other body with it. If the provider signs the body, put {body} into the content.`,
    ),
  ];
}
