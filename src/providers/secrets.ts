import type { Provider } from '../core/provider.js';
import type { KeyStep, SchemeOptions } from '../core/scheme.js';
import { keyPairKind } from '../core/schemeFacts.js';
import { secretEnv } from './catalogue.js';

/** The environment variable that holds a provider's secret for webhook-sim alone. */
export function ownVariable({ name }: Provider): string {
  return `WEBHOOK_SIM_${name.toUpperCase().replaceAll('-', '_')}_SECRET`;
}

/** The environment variables that may hold a provider's secret, best first: ours, then those its users already have. */
export function secretVariables(provider: Provider): string[] {
  return [ownVariable(provider), ...provider.secret.env];
}

/** The same for a list, which reads the index of those that ship and no description. */
export function listedVariables(provider: Provider): string[] {
  return [ownVariable(provider), ...secretEnv(provider)];
}

/** Returns an invented secret that suits what is signed with it: a text, bytes in an encoding after a prefix, or a key pair. */
export function sampleSecret(name: string, schemes: readonly SchemeOptions[]): string {
  if (schemes.some(keyPairKind)) return `seed:${name}-sample-key`;
  const steps = schemes.flatMap((options): readonly KeyStep[] => ('key' in options && options.key) || []);
  return [...new Set(steps)].reduceRight(undo, `${name}-sample-secret`);
}

function undo(text: string, step: KeyStep): string {
  if (step.startsWith('strip:')) return `${step.slice('strip:'.length)}${text}`;
  if (step === 'base64' || step === 'base64url' || step === 'hex') return Buffer.from(text).toString(step);
  return text;
}
