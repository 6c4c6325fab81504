import type { Provider } from '../core/provider.js';
import type { JsonTemplate } from '../core/scheme.js';
import { contentSources, signsByFunction } from '../core/schemeFacts.js';

type Signatures = Pick<Provider, 'signatures'>;

/** The names of the signatures that functions make, and of those that sign one of these. */
function customSignatureNames({ signatures }: Signatures): string[] {
  const names: string[] = [];
  for (const [name, options] of Object.entries(signatures)) {
    const signs = (other: string) => contentSources(options).some((content) => content.includes(`{${other}}`));
    if (options.scheme === 'custom' || names.some(signs)) names.push(name);
  }
  return names;
}

const covered = {
  fields: 'the whole body, of which this field is a part. Put it into a header.',
  query: 'the whole URL, of which this is a part. Put it into a header.',
} as const;

/** Why a field of the body or a part of the query can't hold a template: it names what a function makes of the whole; null where it can. */
export function unplaceableReason(
  provider: Signatures,
  part: keyof typeof covered,
  template: JsonTemplate,
): string | null {
  if (!signsByFunction(provider)) return null;
  const text = typeof template === 'string' ? template : template.number;
  const name = customSignatureNames(provider).find((candidate) => text.includes(`{${candidate}}`));
  return name === undefined ? null : `can't hold {${name}}: a function makes it, which is given ${covered[part]}`;
}
