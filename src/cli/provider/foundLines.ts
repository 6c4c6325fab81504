import { algorithmWords, contentSources } from '../../core/schemeFacts.js';
import type { FoundProof, FoundScheme } from '../../diagnose/find/foundScheme.js';
import type { Json } from '../../json/value.js';
import { printable } from '../../report/printable.js';
import type { TriedSecret } from './capturedSecrets.js';
import { contentWords, encodingWords, keyWords, listed } from './contentWords.js';

/** What is told of a description that was found. */
export interface FoundTalk {
  readonly name: string;
  readonly from: string;
  readonly found: FoundScheme;
  readonly tried: readonly TriedSecret[];
  /** The environment variable that the vector names. */
  readonly variable: string;
  readonly vector: object & { readonly reason?: string };
  /** Of the capture itself. */
  readonly notes: readonly string[];
  readonly body: Json;
  readonly sample: Json;
}

const longestLine = 600;

/** What was found in a capture and how certain it is, what was left out, and what to do next; safe to print. */
export function foundLines(talk: FoundTalk): string[] {
  const { found, notes } = talk;
  const lines = [
    ...notes,
    ...found.proofs.map((proof) => proofLine(proof, talk)),
    ...searchLines(talk),
    ...found.notes,
    ...eventLines(found),
    ...dialectLines(found),
    ...leftOutLines(found),
    ...fileLines(talk),
  ];
  return lines.map((line) => printable(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
}

function proofLine({ where, name, options, secretAt, certainty }: FoundProof, { found, tried }: FoundTalk): string {
  const of = secretAt === null ? '' : ` of ${tried[secretAt]!.source}`;
  const place = where.replace(/^the header /, '');
  const end = {
    reproduced: "proven: the capture's own text came out, byte for byte.",
    verified: 'proven: the signature of the capture is right.',
    guessed: 'guessed from its look, NOT PROVEN.',
  }[certainty];
  if (options === null) return `${place} is the secret${of} itself: ${end}`;
  if (options.scheme === 'jwt') {
    const claims = Object.keys(options.claims);
    const told = claims.length > 0 ? `, which tells ${listed(claims)}` : '';
    return `${place} is a JSON Web Token (${options.algorithm})${told}, with the secret${of}${keyWords(options.key)}: ${end}`;
  }
  const content = listed(contentSources(options).map((source) => contentWords(source, found)));
  const how = encodingWords(options.encoding);
  if (options.scheme === 'encoded') return `${place} is the ${how} of ${content}${of && `, the one${of}`}: ${end}`;
  const takesSecret = options.scheme !== 'digest' || options.content.includes('{secret}') || name === 'secret';
  const key = takesSecret ? `, with the secret${of}${keyWords('key' in options ? options.key : undefined)}` : '';
  return `${place} is the ${how} of ${algorithmWords(options)} over ${content}${key}: ${end}`;
}

/** What was tried in vain, and what can be done then. */
function searchLines({ name, from, found, tried }: FoundTalk): string[] {
  const { proofs, tried: counts } = found;
  if (proofs.some(({ certainty, secretAt }) => certainty !== 'guessed' && secretAt !== null)) return [];
  if (tried.length === 0) {
    const said = proofs.length > 0 ? 'its secret proves it' : 'its secret may show how it is signed';
    return [`No secret was given: ${said}. Write --secret env:NAME, and --force to write over this.`];
  }
  const secrets = listed([...new Set(tried.map(({ source }) => source))]);
  const whole = counts.complete ? '' : '; then the search was given up';
  return [
    `With the secret of ${secrets} nothing came out: ${counts.signatures} signatures were computed, of ${counts.contents} contents with ${counts.keys} keys${whole}.`,
    `Is it the secret of this very endpoint, and the body to the byte as it came? Correct the description, then see: webhook-sim verify ${name} ${from}`,
    'What a description can not say, a function in TypeScript can: see docs/providers.md.',
  ];
}

function eventLines({ event, eventGuesses }: FoundScheme): string[] {
  const [here, others] = [true, false].map((isHere) =>
    eventGuesses.filter((guess) => (guess.event === event) === isHere),
  );
  const where = here!.map((guess) => (guess.in === 'header' ? `the header ${guess.at}` : `the field ${guess.at}`));
  const told = where.length > 0 ? `, as ${listed(where)} ${where.length > 1 ? 'say' : 'says'}` : '';
  const rest = [...new Set(others!.map((guess) => `${guess.event} (${guess.at})`))];
  const also = rest.length > 0 ? ` It could be ${rest.join(', ')}: choose with --event.` : '';
  return [`The event is ${event}${told}.${also}`];
}

function dialectLines({ dialect, dialects }: FoundScheme): string[] {
  if (dialects.length < 2) return [];
  const others = dialects.filter((each) => each !== dialect);
  return [`The body is written as ${dialect} writes it; ${listed(others)} would write it the same (dialect).`];
}

function leftOutLines({ leftOut }: FoundScheme): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, reason } of leftOut) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  return [...byReason].map(([reason, names]) => `Left out: ${listed([...new Set(names)])}, for ${reason}.`);
}

function fileLines({ tried, found, variable, vector, body, sample, name }: FoundTalk): string[] {
  const isEnv = found.secrets.some((at) => tried[at]?.variable === variable);
  return [
    ...(vector.reason === undefined
      ? isEnv
        ? []
        : [`vectors.json proves the description where ${variable} is set to the secret of the capture.`]
      : [`Without vectors.json: ${vector.reason}.`]),
    ...(body !== sample && JSON.stringify(shape(body)) !== JSON.stringify(shape(sample))
      ? [`What told the secret in the body is "${name}-sample-secret" in the sample.`]
      : []),
    'The sample is the body of the capture: see that it holds nothing private before you share it.',
  ];
}

/** A body as what can be compared. */
function shape(value: Json): unknown {
  if (Array.isArray(value)) return value.map(shape);
  return value instanceof Map ? [...value].map(([key, member]) => [key, shape(member)]) : value;
}
