import type { NameOf } from '../../core/errors.js';
import { printable } from '../../core/printable.js';
import { readUrl } from '../../core/readUrl.js';
import { describeAlgorithm } from '../../core/schemeFacts.js';
import type { Secret } from '../../core/secret.js';
import type { FoundOptions, FoundProof, FoundScheme } from '../../infer/foundScheme.js';
import { isTimeText } from '../../infer/valueKinds.js';
import type { Json } from '../../json/value.js';
import { describeEncoding, describeKey, describeSignedContent, listed } from './describeSignedContent.js';

/** The summary of a description that was found. */
export interface FoundSummary {
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
  /** The address of the capture; null where it holds none. */
  readonly url: string | null;
  /** The times of the sample that stay as they are. */
  readonly fixed: readonly { readonly path: string; readonly text: string }[];
  /** Spells the options as the user does. */
  readonly nameOf: NameOf;
}

const longestLine = 600;
/** The most times that are named. */
const maxShown = 5;

/** Returns the lines about a capture: the findings with their certainty, the parts that were left out, and the next steps; safe to print. */
export function foundLines(summary: FoundSummary): string[] {
  const { found, notes, nameOf } = summary;
  const lines = [
    ...notes,
    ...found.proofs.map((proof) => proofLine(proof, summary)),
    ...searchLines(summary),
    ...found.notes,
    ...fixedTimeLines(found),
    ...fixedFieldLines(summary),
    ...queryLines(summary),
    ...eventLines(found, nameOf),
    ...dialectLines(found),
    ...leftOutLines(found),
    ...fileLines(summary),
  ];
  return lines.map((line) => printable(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
}

/** The headers whose time is that of the capture in each delivery, as no format of a description writes it. */
function fixedTimeLines({ headers }: FoundScheme): string[] {
  return headers.flatMap(([name, value]) =>
    typeof value === 'string' && isTimeText(value)
      ? [
          `${name} stays as captured (${value}): no time format of a description writes it, so each delivery has this same time. Send it with -H, or sign with a function.`,
        ]
      : [],
  );
}

/** The times of the body that are those of the capture in each delivery. */
function fixedFieldLines({ fixed, found, nameOf }: FoundSummary): string[] {
  if (fixed.length === 0) return [];
  const shown = fixed
    .slice(0, maxShown)
    .map(({ path, text }) => (found.dialect === 'text' ? text : `${path} (${text})`));
  const more = fixed.length > maxShown ? [`${fixed.length - maxShown} more`] : [];
  const edit = found.dialect === 'text' ? 'Change the sample' : `Set it with ${nameOf('set')} path={{now}}`;
  return [
    `${listed([...shown, ...more])} of the body ${fixed.length > 1 ? 'stay' : 'stays'} as captured: no time format of identities writes ${fixed.length > 1 ? 'them' : 'it'}. ${edit}, or sign with a function.`,
  ];
}

/** Warns about an empty body with a query, since the query of the address is no part of the sample. */
function queryLines({ url, found, body }: FoundSummary): string[] {
  const written = found.query.map(([name]) => name);
  const address = readUrl(url ?? '');
  if (body !== '' || address === null || [...address.searchParams.keys()].every((name) => written.includes(name)))
    return [];
  return [
    'The body is empty, and the sample with it. What the query of the address says is not sent: give the target that query, or write a description with dialect: query (webhook-sim docs providers).',
  ];
}

const certainties = {
  reproduced: "Proven: the capture's own text came out.",
  verified: 'Proven: the signature of the capture is right.',
  guessed: 'GUESSED from its look, not proven.',
};

function proofLine(proof: FoundProof, { found, tried }: FoundSummary): string {
  const { where, options, secretAt, certainty } = proof;
  const of = secretAt === null ? '' : ` of ${tried[secretAt]!.source}`;
  const place = where.replace(/^the header /, '');
  return `${place} ${options === null ? describeToken(proof, found, of) : describeFoundScheme(options, found, of)}. ${certainties[certainty]}`;
}

/** Describes a place that holds the secret itself, or an encoding of it. */
function describeToken({ where }: FoundProof, { headers, signatures }: FoundScheme, of: string): string {
  const template = headers.find(([name]) => where === `the header ${name}`)?.[1];
  const encoded = Object.entries(signatures).find(
    ([name, options]) => options.scheme === 'encoded' && JSON.stringify(template ?? '').includes(`{${name}}`),
  )?.[1];
  if (encoded?.scheme !== 'encoded') return `is the secret${of} itself`;
  const before = encoded.content.replace('{secret}', '');
  return `is the ${describeEncoding(encoded.encoding)} of ${before === '' ? '' : `${JSON.stringify(before)} and `}the secret${of}`;
}

function describeFoundScheme(options: FoundOptions, found: FoundScheme, of: string): string {
  if (options.scheme === 'rfc9421') {
    return `is an HTTP message signature (RFC 9421, ${options.algorithm}) over ${listed(options.components)}, with the secret${of}${describeKey(options.key)}`;
  }
  if (options.scheme === 'jwt') {
    const claims = Object.keys(options.claims);
    const holding = claims.length > 0 ? ` with ${listed(claims)}` : '';
    return `is a JSON Web Token (${options.algorithm})${holding}, with the secret${of}${describeKey(options.key)}`;
  }
  if (options.scheme === 'crc32') return `is the CRC-32 of ${describeSignedContent(options.content, found)}`;
  const content = describeSignedContent(options.content, found);
  const how = `is the ${describeEncoding(options.encoding)} of`;
  if (options.scheme === 'encoded') return `${how} ${content}${of && `, the secret${of}`}`;
  const isPlain = options.scheme === 'digest' && !options.content.includes('{secret}');
  const key = isPlain
    ? ', without a secret'
    : `, with the secret${of}${describeKey('key' in options ? options.key : undefined)}`;
  return `${how} ${describeAlgorithm(options)} over ${content}${key}`;
}

/** Describes the unsuccessful search, and the next steps. */
function searchLines({ name, from, found, tried, nameOf }: FoundSummary): string[] {
  const { proofs, tried: counts } = found;
  if (proofs.some(({ certainty, secretAt }) => certainty !== 'guessed' && secretAt !== null)) return [];
  if (tried.length === 0) {
    const reason =
      proofs.length > 0 ? 'it is only guessed, and its secret would prove it' : 'its secret may show how it is signed';
    return [
      `No secret was given: ${reason}. Write ${nameOf('secret')} env:NAME, and ${nameOf('force')} to write over this.`,
    ];
  }
  const secrets = listed([...new Set(tried.map(({ source }) => source))]);
  const whole = counts.complete ? '' : '; then the search was given up';
  return [
    `With the secret of ${secrets} no match was found: ${counts.signatures} signatures were computed, of ${counts.contents} contents with ${counts.keys} keys${whole}.`,
    `Is it the secret of this very endpoint, and the body to the byte as it came? Correct the description, then see: webhook-sim verify ${name} ${from}`,
    'What a description can not say, a function in TypeScript can: see webhook-sim docs providers.',
  ];
}

function eventLines({ event, eventGuesses }: FoundScheme, nameOf: NameOf): string[] {
  const [here, others] = [true, false].map((isHere) =>
    eventGuesses.filter((guess) => (guess.event === event) === isHere),
  );
  const where = here!.map((guess) => (guess.in === 'header' ? `the header ${guess.at}` : `the field ${guess.at}`));
  const reason = where.length > 0 ? `, as ${listed(where)} ${where.length > 1 ? 'say' : 'says'}` : '';
  const rest = [...new Set(others!.map((guess) => `${guess.event} (${guess.at})`))];
  const also = rest.length > 0 ? ` It could be ${rest.join(', ')}: choose with ${nameOf('event')}.` : '';
  return [`The event is ${event}${reason}.${also}`];
}

function dialectLines({ dialect, dialects }: FoundScheme): string[] {
  // Only those of JSON have several.
  const others = dialects.filter((each) => each !== dialect).map(String);
  if (others.length === 0) return [];
  return [`The body is written as ${String(dialect)} writes it; ${listed(others)} would write it the same (dialect).`];
}

function leftOutLines({ leftOut }: FoundScheme): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, reason } of leftOut) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  if (byReason.size === 0) return [];
  const groups = [...byReason].map(([reason, names]) => `${[...new Set(names)].join(', ')} (${reason})`);
  return [`Left out: ${groups.join('; ')}.`];
}

function fileLines({ tried, found, variable, vector, body, sample, name }: FoundSummary): string[] {
  const isEnv = found.secrets.some((at) => tried[at]?.variable === variable);
  return [
    ...(vector.reason === undefined
      ? isEnv
        ? []
        : [`vectors.json proves the description where ${variable} is set to the secret of the capture.`]
      : [`Without vectors.json: ${vector.reason}.`]),
    ...(body !== sample && JSON.stringify(shape(body)) !== JSON.stringify(shape(sample))
      ? [`The secret in the body is replaced by "${name}-sample-secret" in the sample.`]
      : []),
    ...(body === ''
      ? []
      : ['The sample is the body of the capture: see that it holds nothing private before you share it.']),
  ];
}

/** A body in a comparable form. */
function shape(value: Json): unknown {
  if (Array.isArray(value)) return value.map(shape);
  return value instanceof Map ? [...value].map(([key, member]) => [key, shape(member)]) : value;
}

/** A secret to try, and the environment variable that holds it; null for one that comes from elsewhere. */
export interface TriedSecret extends Secret {
  readonly variable: string | null;
}
