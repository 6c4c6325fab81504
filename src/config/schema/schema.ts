import * as z from 'zod/mini';
import { readDuration } from '../../core/duration.js';
import type { OwnFlow, OwnFlowStep } from '../../core/flow.js';
import { suggest } from '../../core/nearest.js';
import type { Frozen, Same } from '../../core/plain.js';
import type { ProviderDescription } from '../../core/providerDescription.js';
import { demoTarget } from '../../core/target.js';
import {
  described,
  jsonValue,
  optional,
  refuse,
  secretReference,
  some,
  strictKeys,
} from '../../providers/schemaParts.js';
import type { Config } from '../config.js';
import { checkAddress } from './checks.js';
import { capture } from './expectSchema.js';
import { suiteSchema } from './suiteSchema.js';
import { byProvider, path, secretsSchema, targetAddress, targetSchema, timeLimit } from './targetSchema.js';

const step: z.ZodMiniType<OwnFlowStep> = strictKeys({
  send: described(some, 'A provider and an event, such as scalev order.created.'),
  variant: optional(some, 'Another form of the payload.'),
  after: optional(
    z
      .string()
      .check(
        z.refine((written) => readDuration(written) !== undefined, 'must be a duration with its unit, such as 2h.'),
      ),
    'Time since the step before, such as 2h; default: what the samples tell.',
  ),
  set: optional(z.record(some, jsonValue), 'Fields to change, by path; a text may name what earlier steps captured.'),
  unset: optional(z.array(some), 'Paths of fields to remove.'),
  capture: optional(
    z.record(some, capture),
    'Values of the answer for later steps: a path in its JSON, { header } or { matches }, or { sent }.',
  ),
});

/** The schema of `OwnFlow`. */
const ownFlowSchema: z.ZodMiniType<OwnFlow> = strictKeys({
  title: optional(some),
  steps: z.array(step).check(z.minLength(1, 'is an empty list.')),
});

/** A provider that is described in the config itself; a schema of its own checks it first. */
const description = z.record(z.string(), z.unknown()) as unknown as z.ZodMiniType<ProviderDescription>;

/** The schema of `Config` for these names of providers; null allows any names, as in editors. */
export function configSchema(names: readonly string[] | null) {
  const secrets = secretsSchema(names);
  return strictKeys({
    $schema: optional(z.string(), 'The JSON Schema of this file, for editors.'),
    target: optional(z.string(), 'The target when --to names none: a name of targets, an address, or demo.'),
    targets: optional(
      z.record(
        z.string(),
        z.union([targetAddress, targetSchema(names)], { error: 'an address or an object with a url' }),
      ),
      'Targets by name, for --to.',
    ),
    secrets: optional(secrets, 'Where the secrets are found, by provider: env:NAME or file:PATH.'),
    values: optional(
      byProvider(names, z.record(z.string(), secretReference)),
      'Texts of yours that handshakes tell, by provider and name, such as a verify token: env:NAME or file:PATH.',
    ),
    modes: optional(
      byProvider(names, some),
      'The form of deliveries by provider, such as form for github; default: the usual one.',
    ),
    timeout: optional(timeLimit, "Time limit of an attempt, such as 5s; default: the provider's own."),
    timeouts: optional(byProvider(names, timeLimit), 'Time limits by provider.'),
    report: optional(
      strictKeys({
        json: optional(z.boolean()),
        verbose: optional(z.boolean()),
        quiet: optional(z.boolean()),
      }),
      'How results are shown where no flag says otherwise.',
    ),
    log: optional(z.boolean(), 'False keeps no delivery log.'),
    flows: optional(z.record(z.string(), ownFlowSchema), 'Custom flows by name, for flow.'),
    suites: optional(z.record(z.string(), suiteSchema), 'Suites by name, for run.'),
    providers: optional(
      z.union([path, z.array(z.union([path, description], { error: 'a path or a description' }))], {
        error: 'a path or a list',
      }),
      'Custom providers: a folder with some, or a list of folders, files and descriptions.',
    ),
  }).check(
    z.superRefine(({ target, targets = {}, flows = {} }, context) => {
      const known = [demoTarget, ...Object.keys(targets)];
      for (const name of Object.keys(flows)) refuse(context, checkFlowName(name, names ?? []), ['flows', name]);
      for (const name of Object.keys(targets)) refuse(context, checkName(name), ['targets', name]);
      if (target !== undefined && !known.includes(target)) {
        refuse(
          context,
          isBareWord.test(target) ? `there is no such target. ${suggest(target, known)}` : checkAddress(target),
          ['target'],
        );
      }
    }),
  );
}

const isBareWord = /^\p{L}[\p{L}\p{N}_-]*$/u;

function checkName(name: string): string | null {
  if (name === demoTarget) return 'is the name of the built-in receiver. Take another.';
  return isBareWord.test(name) ? null : 'is not a name: a letter, then letters, digits, - and _.';
}

function checkFlowName(name: string, providers: readonly string[]): string | null {
  if (providers.includes(name)) return 'is the name of a provider. Take another.';
  return isBareWord.test(name) ? null : 'is not a name: a letter, then letters, digits, - and _.';
}

// Fails to compile when the schema and the type drift apart.
true satisfies Same<Frozen<z.output<ReturnType<typeof configSchema>>>, Frozen<Config>>;
