import { Chalk } from 'chalk';
import type { Diagnosis, RequestEvent, ShownSecret, SignedTimeReading } from '../../core/diagnosis.js';
import { formatDuration } from '../../core/duration.js';
import { excerpt, printable, wrap } from '../../core/printable.js';
import { asLine } from '../shared/jsonLines.js';
import { grouped, marks } from '../shared/words.js';

export interface DiagnosisLook {
  readonly colour: boolean;
  readonly unicode: boolean;
  /** Characters to a line; infinite where nothing is broken into lines. */
  readonly columns: number;
}

type Labelled = readonly [label: string, text: string];

const labelColumn = 8;

/** A diagnosis for people: the verdict, why, what to change, and what it was found with. */
export function diagnosisText(diagnosis: Diagnosis, look: DiagnosisLook): string {
  const paint = new Chalk({ level: look.colour ? 1 : 0 });
  const { ok, bad, unknown } = marks(look.unicode);
  const mark =
    diagnosis.proof === 'nothing' ? paint.yellow(unknown) : diagnosis.genuine ? paint.green(ok) : paint.red(bad);
  const headline = wrap(shownAs(verdict(diagnosis), look), look.columns - 2).map((line) => paint.bold(line));
  return `${mark} ${headline.join('\n  ')}\n${explanationText(diagnosis, look)}`;
}

/** Formats the explanation below the verdict. */
export function explanationText(diagnosis: Diagnosis, look: DiagnosisLook): string {
  const paint = new Chalk({ level: look.colour ? 1 : 0 });
  const labelled = [...explanation(diagnosis), ...circumstances(diagnosis)].map(([label, text]) => {
    const lines = wrap(shownAs(text, look), look.columns - labelColumn - 2);
    return `  ${paint.dim(label.padEnd(labelColumn))}${lines.join(`\n${' '.repeat(labelColumn + 2)}`)}\n`;
  });
  return labelled.join('');
}

function shownAs(text: string, { unicode }: DiagnosisLook): string {
  const safe = printable(text);
  return unicode ? safe : safe.replaceAll('…', '...').replace(/[^\0-\x7f]/g, '?');
}

/** A diagnosis as a line of JSON. */
export function diagnosisLine(diagnosis: Diagnosis): string {
  return asLine(diagnosisDocument(diagnosis));
}

/** A diagnosis as one JSON document; secrets are in it as fingerprints. */
export function diagnosisDocument(diagnosis: Diagnosis) {
  const { request, ...rest } = diagnosis;
  const { method, bytes } = request;
  const shown = { ...rest, request: { method, bytes } };
  return { schemaVersion: 1, type: 'verify', verdict: verdict(diagnosis), ...shown } as const;
}

function verdict(diagnosis: Diagnosis): string {
  const { genuine, side, title, headers, requestFits, time, findings, problems, proof } = diagnosis;
  if (proof === 'nothing') return `not judged: nothing in a request of ${title} proves who sent it`;
  const carrier = headers.map((name) => (name === 'body' ? 'the body itself' : name)).join(' and ');
  const body = coveredText(diagnosis);
  if (side === 'computed') {
    const about = requestFits === null ? '' : `; the request's own signature ${requestFits ? 'fits' : 'does not fit'}`;
    return genuine
      ? `right: your receiver's value is the signature of ${body}${about}`
      : `wrong: your receiver's value is not the signature of ${body}${about}`;
  }
  if (genuine) {
    return proof === 'secret'
      ? `genuine: ${carrier} holds ${title}'s secret, which signs nothing of the request`
      : `genuine: ${title}'s signature in ${carrier} fits ${body}`;
  }
  const [problem] = problems;
  if (problem)
    return `not genuine: ${formatSpan[problem.place ?? 'header']} ${problem.header} ${describeProblem[problem.problem]}`;
  if (proof === 'secret') return `not genuine: ${carrier} does not hold ${title}'s secret`;
  const isTime = time !== null && findings.length > 0;
  return isTime
    ? `not genuine: the signature in ${carrier} fits ${body}, but not the time`
    : `not genuine: ${title}'s signature in ${carrier} does not fit ${body} and the secret`;
}

function coveredText({ covers, request: { bytes } }: Diagnosis): string {
  if (covers === 'body') return `the body (${grouped(bytes)} ${bytes === 1 ? 'byte' : 'bytes'})`;
  return covers === 'fields' ? 'the fields of the body that it covers' : 'what it covers, which is not the body';
}

const formatSpan = { header: 'the header', field: 'the field', query: 'the parameter', body: 'the' } as const;

const describeProblem = {
  missing: 'is missing',
  empty: 'is empty',
  doubled: 'came more than once',
  masked: 'is not shown in the capture',
  malformed: "has another form than the provider's",
} as const;

function explanation(diagnosis: Diagnosis): Labelled[] {
  const { problems, findings, next, genuine, side, tried, unexplained: reason, proof } = diagnosis;
  if (proof === 'nothing') return nextLines(next);
  if (genuine && side === 'signature')
    return [...findings.map(({ says, change }): Labelled => ['note', `${says} ${change}`]), ...nextLines(next)];
  const words = reason ?? (hasTried(tried) ? 'No mistake that is known explains it.' : null);
  const unexplained: Labelled[] = words === null ? [] : [['why', words]];
  return [
    ...problems.map(({ says, place = 'header' }): Labelled => [place, says]),
    ...findings.map(({ says }): Labelled => ['why', says]),
    ...findings.map(({ change }): Labelled => ['change', change]),
    ...(findings.length === 0 && !genuine ? unexplained : []),
    ...nextLines(next),
  ];
}

function nextLines(next: readonly string[]): Labelled[] {
  return next.map((step): Labelled => ['next', step]);
}

function circumstances(diagnosis: Diagnosis): Labelled[] {
  const { genuine, event, title, secret, time, over, tried, complete, findings, notes, side } = diagnosis;
  const lines: Labelled[] = event ? [['event', eventText(event, title)]] : [];
  if (secret) lines.push(['secret', secretText(secret, genuine && side === 'signature')]);
  if (time) lines.push(['time', timeText(time)]);
  if (over === 'restringified') {
    lines.push([
      'body',
      'It fits the parsed body made text again, as the documented verifier has it, not the raw bytes.',
    ]);
  }
  if (findings.length === 0 && !genuine && hasTried(tried)) lines.push(['tried', triedText(tried, complete)]);
  return [...lines, ...notes.map((note): Labelled => ['note', note])];
}

function eventText({ name, isKnown }: RequestEvent, title: string): string {
  const shown = excerpt(name, 80);
  return isKnown ? shown : `${shown}, which is no event of ${title} that is known`;
}

function secretText({ source, fingerprint, publicKey, isSample, place }: ShownSecret, fits: boolean): string {
  const half = publicKey === undefined ? '' : `public key ${publicKey}…`;
  const facts = [isSample ? '' : `fingerprint ${fingerprint}`, half].filter((text) => text !== '').join(', ');
  const of = isSample ? "the provider's sample secret" : `that of ${source}`;
  const words = facts === '' ? of : `${of} (${facts})`;
  if (!fits || place < 1) return words;
  return `${words}: number ${place + 1} of those given, not the first. A receiver that knows only the first one rejects it.`;
}

function timeText({ header, text, ageMs, toleranceMs }: SignedTimeReading): string {
  if (ageMs === null) return `${header} says "${text}", which is not a time.`;
  const age = ageMs < 0 ? `${formatDuration(-ageMs)} in the future` : `${formatDuration(ageMs)} old`;
  return `${age}, by ${header}; ${formatDuration(toleranceMs)} are allowed`;
}

const describeTried: Readonly<Record<string, string>> = {
  secret: 'secrets',
  body: 'bodies',
  content: 'signed contents',
  algorithm: 'algorithms',
  ways: "other providers' schemes",
  pairs: 'pairs of these',
};

const hasTried = (tried: Diagnosis['tried']) => Object.values(tried).some((count) => count > 0);

function triedText(tried: Diagnosis['tried'], complete: boolean): string {
  const counts = Object.entries(tried)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${grouped(count)} ${describeTried[name] ?? name}`);
  const end = complete ? '' : ' (not all of them, which would take long)';
  return `${counts.join(', ')}${end}, each in every encoding; none fits`;
}
