import type { ContractProblem } from '../../core/contract.js';
import { seededRandom } from '../../core/random.js';
import { isHash, keyPairKind } from '../../core/schemeFacts.js';
import { exampleUrl } from '../../core/target.js';
import { isInQuery } from '../../delivery/queryPayload.js';
import { prepareFlow } from '../../flow/prepareFlow.js';
import { buildScript } from '../../flow/script.js';
import { proofsOf } from '../../forge/carried.js';
import { buildHandshake, inHandshake } from '../../handshake/handshake.js';
import { catalogueIndex } from '../../providers/catalogue.js';
import { scannerPatterns } from '../../providers/scannerPatterns.js';
import { sampleSecret, secretVariables } from '../../providers/secrets.js';
import { coveredBy } from '../../signing/covered.js';
import { verifyReceivedAsync } from '../../verify/verify.js';
import { checkForgeries } from './checkForgeries.js';
import { checkFreshness } from './checkFreshness.js';
import { checkVectors } from './checkVectors.js';
import { checkDeliveries, checkSignatures } from './deliveryChecks.js';
import { checkFields, checkValues } from './placeChecks.js';
import { checkIdentities, checkRenewal } from './renewalCheck.js';
import { checkRepeated } from './repeatedCheck.js';
import { checkEventNames, checkSamples } from './sampleChecks.js';
import { type ContractSubject, catchProblems, failure, warning } from './subject.js';

/** A requirement for every provider. */
export interface ContractCheck {
  /** Stable. */
  readonly name: string;
  readonly title: string;
  readonly run: (subject: ContractSubject) => readonly ContractProblem[] | Promise<readonly ContractProblem[]>;
}

/** The checks before all others: the description fits, and its samples can be read. */
export const firstChecks = {
  description: { name: 'description', title: 'the description fits' },
  json: { name: 'json', title: 'the samples are JSON' },
} as const;

/** The checks of a provider whose description fits, in the order in which they are reported. */
export const contractChecks: readonly ContractCheck[] = [
  { name: 'samples', title: 'each event and variant has a sample, and nothing else has', run: checkSamples },
  { name: 'event-names', title: 'each sample contains the name of its event', run: checkEventNames },
  { name: 'fields', title: 'the samples have a place for each field that is filled', run: checkFields },
  { name: 'values', title: 'the samples have each field that is read', run: checkValues },
  { name: 'deliveries', title: 'each sample becomes a delivery', run: checkDeliveries },
  { name: 'signatures', title: 'a receiver can verify each delivery', run: checkSignatures },
  { name: 'cover', title: 'the signature covers the body', run: checkCover },
  { name: 'forgeries', title: 'no forgery passes for a delivery', run: checkForgeries },
  { name: 'handshakes', title: 'each handshake can be made and verified', run: checkHandshakes },
  { name: 'flows', title: 'each flow can be run', run: checkFlows },
  { name: 'identities', title: 'the samples hold their identities', run: checkIdentities },
  { name: 'repeated', title: 'no delivery repeats the ids and times of another', run: checkRepeated },
  { name: 'renewal', title: 'fresh ids and times fit into the samples', run: checkRenewal },
  { name: 'freshness', title: 'no two deliveries are one to a receiver that de-duplicates', run: checkFreshness },
  { name: 'secret', title: 'the sample secret is a good one, and not the real one', run: checkSecret },
  { name: 'vectors', title: 'requests that were captured are accepted', run: checkVectors },
];

/** Finds signatures that cover nothing of the body: easy to forget, and all else looks right. */
function checkCover({ provider }: ContractSubject): ContractProblem[] {
  const signed = Object.entries(provider.signatures).filter(([, options]) => isHash(options) || keyPairKind(options));
  const { bytes, fields, names: covered } = coveredBy(provider);
  if (signed.length === 0 || bytes || fields === 'sorted' || fields.length > 0) return [];
  if (isInQuery(provider) && (covered.has('query') || covered.has('url'))) return [];
  const names = signed.map(([name]) => `signatures.${name}`).join(' and ');
  return [
    warning(
      `${names} cover${signed.length === 1 ? 's' : ''} nothing of the body: whoever sees one signature can send any other body with it. If the provider signs the body, put {body} into the content.`,
    ),
  ];
}

/** Flows whose steps do not fit their samples. */
async function checkFlows({ provider }: ContractSubject): Promise<ContractProblem[]> {
  const source = {
    urlFor: () => exampleUrl,
    secretsOf: () => [{ value: provider.secret.sample, source: 'sample', isSample: true }],
    headers: [],
    secretNames: [],
    timeLimitOf: () => null,
  };
  const names = (provider.flows ?? []).map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const problems = (provider.flows ?? []).map((flow) =>
    catchProblems(
      async () => prepareFlow(buildScript(provider, flow), source),
      (message) => message,
    ),
  );
  return [
    ...twice.map((name) => failure(`flows: ${name} is the name of two. Take another for one.`)),
    ...(await Promise.all(problems)).flat(),
  ];
}

/** A sample secret that is no good one, without its text. */
function checkSecret({ provider, env, secretVariables: configured }: ContractSubject): ContractProblem[] {
  const { sample, shape, env: names } = provider.secret;
  const variables = [...new Set([...secretVariables(provider), ...configured])];
  const real = variables.filter((name) => env[name] === sample);
  // A secret made of the name is in no file.
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

/** Handshakes that can't be made, or do not verify. */
async function checkHandshakes({ provider, now }: ContractSubject): Promise<ContractProblem[]> {
  const { sample } = provider.secret;
  const source = {
    provider,
    url: exampleUrl,
    secrets: [{ value: sample, source: 'sample', isSample: true }],
    headers: [],
  };
  const problems = (provider.handshakes ?? []).map(async (handshake): Promise<ContractProblem[]> => {
    const thrown = await catchProblems(
      () => buildHandshake(handshake, source, { now, random: seededRandom(1) }),
      (message) => `${handshake.name}: can't be made. ${message}`,
    );
    if (thrown.length > 0) return thrown;
    const { delivery } = await buildHandshake(handshake, source, { now, random: seededRandom(1) });
    const own = inHandshake(provider, handshake);
    const carried = proofsOf(own);
    if (carried.signatures.length === 0 && !carried.secret) return [];
    const result = await verifyReceivedAsync(own, { ...delivery, handshake: handshake.name }, [sample]);
    if (result.ok !== (handshake.falselySigned === true)) return [];
    return [
      failure(
        result.ok
          ? `${handshake.name}: is falselySigned, but its signature is right.`
          : `${handshake.name}: a receiver could not verify it: ${result.reason}.`,
      ),
    ];
  });
  return (await Promise.all(problems)).flat();
}
