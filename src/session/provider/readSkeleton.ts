import { type ProviderFormat, providerFormats } from '../../authoring/scaffold/providerDraft.js';
import type { SchemePreset } from '../../authoring/scaffold/schemePreset.js';
import { schemePresets } from '../../authoring/scaffold/schemePresets.js';
import type { Skeleton } from '../../authoring/scaffold/skeleton.js';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/nearest.js';
import type { Encoding, HashName } from '../../core/scheme.js';
import type { ProviderNewValues } from '../../options/project.js';
import { isShippedName } from '../../providers/catalogue.js';

const hashes: readonly HashName[] = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];
const encodings: readonly Encoding[] = ['hex', 'HEX', 'base64', 'base64url'];

/** The parts of a new provider that options give; the rest is asked for or has a default. */
export type GivenSkeleton = Partial<Skeleton> & Pick<Skeleton, 'nameOf'> & { readonly format: ProviderFormat };

/** Reads the options of a new provider. Throws a UsageError for the first one that is wrong. */
export function readSkeleton(name: string | undefined, options: ProviderNewValues): GivenSkeleton {
  assertNoProblem(name === undefined ? true : nameProblem(name));
  assertNoProblem(options.secretEnv === undefined ? true : variableProblem(options.secretEnv));
  const { event: events, header, content, secretEnv, nameOf } = options;
  const preset = options.scheme === undefined ? undefined : readPreset(options.scheme, nameOf('scheme'));
  const hash = readChoice(options.hash, hashes, nameOf('hash'));
  const encoding = readChoice(options.encoding, encodings, nameOf('encoding'));
  return {
    nameOf,
    format: readChoice(options.format, providerFormats, nameOf('format')) ?? 'yaml',
    ...(name !== undefined && { name }),
    ...(events && { events: [...new Set(events)] }),
    ...(preset && { preset }),
    ...(header !== undefined && { header }),
    ...(hash && { hash }),
    ...(encoding && { encoding }),
    ...(content !== undefined && { content }),
    ...(secretEnv !== undefined && { secretEnv }),
  };
}

/** Returns the problem with the name of a new provider; true where there is none. */
export function nameProblem(name: string): true | string {
  if (isShippedName(name)) {
    return `${name} ships with webhook-sim. Take another name.`;
  }
  if (/^[a-z][a-z0-9-]*$/.test(name)) return true;
  const near = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
  const hint = near === '' ? '' : ` Take ${near}.`;
  return `"${name}" can't be the name of a provider: lower-case letters, digits and - only.${hint}`;
}

/** Returns the problem with the name of an environment variable; true where there is none. */
export function variableProblem(name: string): true | string {
  return /^[A-Z][A-Z0-9_]*$/.test(name) || `"${name}" is not the name of an environment variable, such as ACME_SECRET.`;
}

function assertNoProblem(problem: true | string): void {
  if (problem !== true) throw new UsageError('BAD_NAME', problem);
}

function readPreset(name: string, option: string): SchemePreset {
  const names = schemePresets.map((preset) => preset.name);
  const found = schemePresets.find((preset) => preset.name === name);
  if (found) return found;
  throw unknownName('UNKNOWN_SCHEME', `${option}: there is none called ${name}.`, {
    name,
    known: names,
    facts: { option },
  });
}

function readChoice<T extends string>(text: string | undefined, known: readonly T[], option: string): T | undefined {
  const found = known.find((each) => each === text);
  if (text === undefined || found) return found;
  throw unknownName('UNKNOWN_CHOICE', `${option}: ${text} is not known.`, { name: text, known, facts: { option } });
}
