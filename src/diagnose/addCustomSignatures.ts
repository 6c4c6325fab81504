import type { Diagnosis } from '../core/diagnosis.js';
import { holdsSecret } from '../delivery/functions.js';
import { noMatch, recomputeSignature, verifyReceivedAsync } from '../verify/verify.js';
import { computedClaims } from './claims.js';
import type { Case } from './hypothesis.js';
import { headerNamesIn, readScheme } from './reading.js';

const opaque = 'A function makes its signature, so nothing can be said of why.';

/** Adds to a diagnosis the facts that only functions know: their signature, and that its failure can't be explained. */
export async function addCustomSignatures(diagnosis: Diagnosis, given: Case): Promise<Diagnosis> {
  const { provider, request, secrets, computed } = given;
  const reading = readScheme(provider, request);
  const name = reading.carriers.flatMap(headerNamesIn).find((each) => provider.signatures[each]?.scheme === 'custom');
  if (name === undefined || (diagnosis.genuine && computed === undefined)) return diagnosis;
  const values = secrets.map(({ value }) => value);
  const names: string[] = [];
  for (const value of values) names.push(...[await recomputeSignature(provider, request, value, name)].filter(isText));
  const expected = names[0] === undefined || holdsSecret(names[0], values) ? null : names[0];
  if (computed !== undefined) {
    const claimed = computedClaims(computed.trim(), name, reading, {}).map(({ text }) => text);
    const genuine = diagnosis.genuine || claimed.some((text) => names.includes(text));
    return genuine ? { ...diagnosis, expected, genuine, next: [] } : { ...diagnosis, expected, unexplained: opaque };
  }
  if (diagnosis.findings.length > 0) return { ...diagnosis, expected };
  const verification = await verifyReceivedAsync(provider, request, values);
  const reason = verification.ok || verification.reason === noMatch ? opaque : `${verification.reason}.`;
  const carrying = reading.carriers
    .filter((header) => headerNamesIn(header).includes(name))
    .map((header) => header.name);
  const problems = diagnosis.problems.filter(({ header }) => carrying.includes(header));
  if (problems.length > 0) return { ...diagnosis, expected, problems };
  const perhaps = diagnosis.problems.map(({ says }) => says);
  return { ...diagnosis, expected, problems, unexplained: [reason.replace(/\.\.$/, '.'), ...perhaps].join(' ') };
}

function isText(text: string | null): text is string {
  return text !== null;
}
