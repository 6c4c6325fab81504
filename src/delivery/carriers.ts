import type { Provider } from '../core/provider.js';
import { templateNames } from '../core/template.js';
import type { HeaderTemplate } from '../signing/templates.js';

/** The names that prove a request where a template holds them: the signatures, and the secret itself. */
export function proofNames({ signatures }: Provider): string[] {
  return [...Object.keys(signatures), 'secret'];
}

/** The names that tell the secret to whoever reads them: itself, and what is nothing but it in another encoding. */
export function revealingNames({ signatures }: Provider): string[] {
  const names = ['secret'];
  for (const [name, options] of Object.entries(signatures)) {
    if (options.scheme === 'encoded' && names.some((known) => options.content.includes(`{${known}}`))) names.push(name);
  }
  return names;
}

/** Says whether a header's template holds one of some names. */
export function tells(names: readonly string[]): (template: HeaderTemplate) => boolean {
  return ({ head, each }) => templateNames([...head, ...each]).some((name) => names.includes(name));
}
