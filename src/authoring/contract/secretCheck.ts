import type { ContractProblem } from '../../core/contract.js';
import { catalogueIndex } from '../../providers/catalogue.js';
import { sampleSecret } from '../../providers/sampleSecret.js';
import { scannerPatterns } from '../../providers/scannerPatterns.js';
import { secretVariables } from '../../providers/secrets.js';
import { failure, warning } from './problem.js';
import type { ContractSubject } from './subject.js';

/** A sample secret that is no good one, without its text. */
export function checkSecret({ provider, env, secretVariables: configured }: ContractSubject): ContractProblem[] {
  const { sample, shape, env: names } = provider.secret;
  const variables = [...new Set([...secretVariables(provider), ...configured])];
  const real = variables.filter((name) => env[name] === sample);
  // One that is made of the name stands in no file.
  const isMade = sample === sampleSecret(provider.name, Object.values(provider.signatures));
  const kinds = isMade ? [] : scannerPatterns.filter(([, pattern]) => pattern.test(sample)).map(([kind]) => kind);
  return [
    ...real.map((name) =>
      failure(
        `secret.sample is the value of ${name}. A description is shared, so it must not hold the real secret: invent another, or leave it out.`,
      ),
    ),
    ...(shape && !new RegExp(shape.pattern).test(sample)
      ? [failure(`secret.sample does not look as secret.shape says: ${shape.description}.`)]
      : []),
    ...kinds.map((kind) =>
      warning(`secret.sample looks like a real ${kind}, which secret scanners report. Invent one that does not.`),
    ),
    ...names.flatMap((name) => {
      const owner = catalogueIndex().find(({ name: other, env }) => other !== provider.name && env.includes(name));
      return owner ? warning(`secret.env: ${name} is where the secret of ${owner.name} is found, too.`) : [];
    }),
  ];
}
