import type { KeyStep, SchemeOptions } from '../core/scheme.js';
import { keyPairOf } from '../core/schemeFacts.js';

/** An invented secret that fits what is signed with it: of a text, of bytes in an encoding behind a prefix, or a key pair. */
export function sampleSecret(name: string, schemes: readonly SchemeOptions[]): string {
  if (schemes.some(keyPairOf)) return `seed:${name}-sample-key`;
  const steps = schemes.flatMap((options): readonly KeyStep[] => ('key' in options && options.key) || []);
  return [...new Set(steps)].reduceRight(undo, `${name}-sample-secret`);
}

function undo(text: string, step: KeyStep): string {
  if (step.startsWith('strip:')) return `${step.slice('strip:'.length)}${text}`;
  if (step === 'base64' || step === 'base64url' || step === 'hex') return Buffer.from(text).toString(step);
  return text;
}
