import type { Provider } from '../core/provider.js';
import { keyedNames, keyPairKind } from '../core/schemeFacts.js';
import { strengthOf } from '../signing/signatureStrength.js';
import { transitiveNames } from '../signing/signContent.js';
import { isData, readSignatureTemplates, type SignatureTemplate } from '../signing/templates.js';
import { templateNamesOf, type ValuePlace } from './places.js';

/** The parts that an address covers by itself. */
const partsOfUrl = ['host', 'path', 'query'];

/**
 * Returns the places of missing signatures that are not needed: another signature is present that is at least as strong, is made with the same secret
 * and covers all that the missing one would. A signature that is weaker or covers less replaces none.
 */
export function dispensablePlaces(provider: Provider, places: readonly ValuePlace[]): ValuePlace[] {
  const signatures = readSignatureTemplates(provider);
  const keyed = new Set(keyedNames(provider));
  const proofsOf = (place: ValuePlace) =>
    templateNamesOf(place).filter((name) => name === 'secret' || signatures.has(name));
  const isHere = (place: ValuePlace) => place.texts().length > 0;
  const carriers = places.filter((place) => proofsOf(place).length > 0);
  if (carriers.length < 2) return [];
  const present = carriers.filter(isHere).flatMap(proofsOf);
  const isReplaced = (name: string) => keyed.has(name) && present.some((other) => canReplace(other, name, signatures));
  // What comes on occasion only is not owed.
  const isOwed = ({ template: { on } }: ValuePlace) => on === undefined || on === 'each secret';
  return carriers.filter((place) => isOwed(place) && !isHere(place) && proofsOf(place).every(isReplaced));
}

/** Returns whether a signature proves all that another one would. */
function canReplace(name: string, missing: string, signatures: ReadonlyMap<string, SignatureTemplate>): boolean {
  const [one, other] = [signatures.get(name), signatures.get(missing)];
  if (!one || !other || !isData(one) || !isData(other)) return false;
  const [strength, needed] = [strengthOf(one.options), strengthOf(other.options)];
  if (strength === null || needed === null) return false;
  if (name === missing) return true;
  if (strength < needed || (one.options.scheme === 'digest' && other.options.scheme !== 'digest')) return false;
  if (keyPairKind(one.options) !== keyPairKind(other.options) || keySteps(one) !== keySteps(other)) return false;
  const covered = transitiveNames([name], signatures);
  const wanted = [...transitiveNames([missing], signatures)].filter((part) => part !== 'secret' && part !== missing);
  const isCovered = (part: string) => covered.has(part) || (covered.has('url') && partsOfUrl.includes(part));
  return wanted.length > 0 && wanted.every(isCovered);
}

function keySteps({ options }: SignatureTemplate): string {
  return JSON.stringify('key' in options ? (options.key ?? []) : []);
}
