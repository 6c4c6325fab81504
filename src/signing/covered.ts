import type { Provider } from '../core/provider.js';
import { templateNames } from '../core/template.js';
import {
  contentNames,
  readFieldTemplates,
  readHeaderTemplates,
  readQueryTemplates,
  readSignatureTemplates,
  type SignatureTemplate,
} from './templates.js';

/** The parts of a body that a provider's signatures cover: all of its bytes, some of its fields, or all top-level ones. */
export interface Covered {
  readonly bytes: boolean;
  readonly fields: readonly string[] | 'sorted';
  /** Fields left out where otherwise all are covered. */
  readonly except: readonly string[];
  /** All names that go into a signature, directly or through other names. */
  readonly names: ReadonlySet<string>;
}

/** Returns whether a provider's deliveries contain or cover the address by which it knows the receiver. */
export function tellsAddress(provider: Provider): boolean {
  const templates = [
    ...readHeaderTemplates(provider).flatMap(({ head, each }) => [...head, ...each]),
    ...[...readFieldTemplates(provider), ...readQueryTemplates(provider)].flatMap(({ template }) => template),
  ];
  const names = [...coveredBy(provider).names, ...templateNames(templates)];
  return ['url', 'host', 'path', 'query'].some((name) => names.includes(name));
}

/** Returns what a provider's signatures cover, or those that are meant. Throws a UsageError for a bad template. */
export function coveredBy(
  provider: Provider,
  areMeant: (signature: SignatureTemplate) => boolean = () => true,
): Covered {
  const signatures = [...readSignatureTemplates(provider).values()].filter(areMeant);
  const names = new Set(signatures.flatMap(contentNames));
  const specs = [...names].flatMap((name) => provider.values[name] ?? []);
  const sorted = specs.some((spec) => spec.kind === 'fields' && typeof spec.paths === 'string');
  const except = specs.flatMap((spec) => (spec.kind === 'fields' && spec.except) || []);
  const paths = specs.flatMap((spec) => {
    if (spec.kind === 'field') return [spec.path];
    return spec.kind === 'fields' && typeof spec.paths !== 'string' ? spec.paths : [];
  });
  return { bytes: names.has('body'), fields: sorted ? 'sorted' : paths, except, names };
}
