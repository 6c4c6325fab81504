import type { Provider } from '../core/provider.js';
import { templateNames } from '../core/template.js';
import type { HeaderTemplate } from '../signing/templates.js';

/** The names that prove a request where a template holds them: the signatures, and the secret itself. */
export function proofNames({ signatures }: Provider): string[] {
  return [...Object.keys(signatures), 'secret'];
}

/** Says whether a header's template holds one of some names. */
export function tells(names: readonly string[]): (template: HeaderTemplate) => boolean {
  return ({ head, each }) => templateNames([...head, ...each]).some((name) => names.includes(name));
}
