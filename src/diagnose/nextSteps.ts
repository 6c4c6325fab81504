import type { Side } from '../core/diagnosis.js';
import { fingerprint } from '../core/fingerprint.js';
import { keyPairKind, signsByFunction } from '../core/schemeFacts.js';
import { extract } from '../signing/extract.js';
import { attempt, bodyFacts } from './hypotheses/bodyFacts.js';
import type { Case } from './hypothesis.js';
import { isOnlySecret, type Reading } from './reading.js';

/** Returns the next steps when no known mistake explains a signature. */
export function nextSteps(
  { provider, request, secrets, isLive, nameOf }: Case,
  reading: Reading,
  { side, secretFits }: { readonly side: Side; readonly secretFits: boolean },
): string[] {
  const secret = secrets[0]!;
  const { shape } = provider.secret;
  const steps: string[] = [];
  if (secretFits) {
    steps.push('The request and the secret are right, so it is your receiver that differs.');
  } else if (secret.isSample) {
    steps.push(
      `The sample secret was tried. Give yours with ${nameOf('secret')}, env:NAME or ${provider.secret.env.join(' or ')}.`,
    );
  } else {
    steps.push(
      `Is it the secret of this very webhook? Test and live mode, and each endpoint, may have their own. Copy it again from ${provider.title}, and see whether its fingerprint is still ${fingerprint(secret.value)}.`,
    );
    if (shape && !new RegExp(shape.pattern).test(secret.value)) {
      steps.push(`${provider.title}'s secrets look otherwise: ${shape.description}. Was it copied whole?`);
    }
  }
  const isSecret = isOnlySecret(reading);
  const hasKeyPair = [...reading.schemes.values()].some(({ options }) => keyPairKind(options));
  if (isSecret) return [...steps, ...receivedStep(reading)];
  if (hasKeyPair)
    steps.push(
      'Only who has the private key can sign: a key that does not fit is that of another application or environment.',
    );
  if (isLive) return steps;
  if (request.body.length === 0) steps.push('The capture has no body. Was it saved with the request?');
  else if (!secretFits) steps.push(captureStep(request.body));
  if (side === 'signature' && hasKeyPair) return steps;
  if (signsByFunction(provider)) {
    steps.push('Print what the function signs, and what your receiver does, and compare them byte for byte.');
    return steps;
  }
  steps.push(
    side === 'signature'
      ? `Give the value that your receiver computed with ${nameOf('computed')}: it may be wrong in a way that can be named.`
      : 'Log what your receiver gives to the hash: the length of the bytes, and of the key.',
  );
  return steps;
}

/** The value received in place of the secret, as its fingerprint. */
function receivedStep({ carriers, proofs }: Reading): string[] {
  return carriers.flatMap((carrier) => {
    const text = carrier.texts()[0] ?? '';
    const [, received] = extract(carrier, text)?.find(([name]) => proofs.includes(name)) ?? [];
    if (!received) return [];
    const isPair = proofs.some((proof) => proof !== 'secret') && received !== text;
    const secret = isPair ? Buffer.from(received, 'base64').toString('utf8') : received;
    return [
      `The value received in ${carrier.name} has the fingerprint ${fingerprint(secret)}: look for the secret that has it.`,
    ];
  });
}

/** Returns advice on captures; one that JavaScript wrote may have lost the notation of numbers, which nothing brings back. */
function captureStep(body: Uint8Array): string {
  const { plain, text } = bodyFacts(body);
  const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1];
  const isLaidOut = indent !== undefined && attempt(() => JSON.stringify(plain(), null, indent)) === text.trimEnd();
  const save = 'Save the raw bytes in your receiver before anything parses them.';
  return isLaidOut
    ? `The captured body looks as JSON.stringify lays it out, so it is hardly what was sent, and 73.0 may have become 73. ${save}`
    : `Is the capture the request byte for byte? ${save}`;
}
