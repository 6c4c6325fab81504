import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseEnvReference } from '../../config/address.js';
import { readDocument } from '../../config/read.js';
import { judgeDocument } from '../../config/validate.js';
import type { ContractProblem } from '../../core/contract.js';
import type { Header, ReceivedRequest } from '../../core/delivery.js';
import { suggest } from '../../core/nearest.js';
import { shownPath } from '../../core/printable.js';
import { assertRegularFile } from '../../core/regularFile.js';
import { exampleUrl } from '../../core/target.js';
import { diagnoseSignature } from '../../diagnose/diagnoseSignature.js';
import { proofsOf } from '../../forge/carried.js';
import { verifyReceivedAsync } from '../../verify/verify.js';
import { remakeVector, type Vector, vectorFileSchema } from './remakeVector.js';
import { type ContractSubject, failure, placeIn, warning } from './subject.js';

const names = ['vectors.json', 'vectors.yaml', 'vectors.yml'];

/** Captured requests that a description does not accept, and whether there are any. */
export async function checkVectors(subject: ContractSubject): Promise<ContractProblem[]> {
  const { provider, folder, cwd } = subject;
  const carried = proofsOf(provider);
  if (folder === null) {
    if (carried.signatures.length === 0) return [];
    return [warning(`${unproved} Give the description its own file, and put one into vectors.json next to it.`)];
  }
  const { vectors, problems } = await readVectors(folder, cwd);
  if (problems.length > 0) return [...problems];
  if (vectors.length > 0) {
    return (await Promise.all(vectors.map((placed) => checkVector(placed, folder, subject)))).flat();
  }
  // A token is no signature: there is nothing to compute.
  if (carried.signatures.length === 0) return [];
  return [warning(`${unproved} Add one to ${shownPath(resolve(folder, 'vectors.json'), cwd)}: ${form}`)];
}

const unproved = 'Nothing from outside proves the signature: no request that was captured is there.';
const form = '[{ "secret": "…", "headers": { "…": "…" }, "body": "…" }]';

async function checkVector(
  { vector, place }: PlacedVector,
  folder: string,
  subject: ContractSubject,
): Promise<ContractProblem[]> {
  const { provider, env } = subject;
  const events = Object.keys(provider.events);
  if (vector.event !== undefined && !events.includes(vector.event)) {
    return [failure(`event: ${vector.event} is no event of ${provider.name}. ${suggest(vector.event, events)}`, place)];
  }
  const unknown = Object.keys(vector.values ?? {}).filter((name) => !Object.hasOwn(provider.values, name));
  if (unknown.length > 0) {
    const known = Object.keys(provider.values);
    return unknown.map((name) =>
      failure(`values: ${name} is no value of ${provider.name}. ${suggest(name, known)}`, place),
    );
  }
  const variable = parseEnvReference(vector.secret ?? '');
  const secret = variable === null ? vector.secret! : env[variable];
  if (!secret) return [warning(`secret: ${variable ?? 'it'} is not set here, so this one proves nothing.`, place)];
  const body = readBody(vector, folder);
  if (body === null) return [failure(`bodyFile: there is no file ${vector.bodyFile}.`, place)];
  const { method = provider.method, url = exampleUrl } = vector;
  const request = { method, url, headers: toHeaderList(vector), body };
  const result = await verifyReceivedAsync(provider, request, [secret]);
  if (!result.ok)
    return [
      failure(`is not accepted: ${result.reason}. ${await explainMismatch(request, secret, subject)}`.trim(), place),
    ];
  return (await remakeVector(vector, request, secret, provider)).map((message) => failure(message, place));
}

/** Returns the explanation by the search for mistakes. */
async function explainMismatch(
  request: ReceivedRequest,
  secret: string,
  { provider, now, onWork }: ContractSubject,
): Promise<string> {
  const { findings, unexplained } = await diagnoseSignature({
    provider,
    providers: [provider],
    request,
    secrets: [{ value: secret, source: 'the vector', isSample: false }],
    others: [],
    now,
    toleranceMs: Number.MAX_SAFE_INTEGER,
    nameOf: (key) => key,
    notes: [],
    onWork,
  });
  if (findings.length > 0) return findings.map(({ says }) => says).join(' ');
  if (unexplained !== undefined) return unexplained;
  return 'Is it the secret of this very request, and its body to the byte?';
}

function toHeaderList({ headers }: Vector): Header[] {
  return Array.isArray(headers) ? headers : Object.entries(headers);
}

function readBody({ body, bodyFile }: Vector, folder: string): Uint8Array | null {
  if (body !== undefined) return Buffer.from(body);
  try {
    assertRegularFile(resolve(folder, bodyFile!));
    return readFileSync(resolve(folder, bodyFile!));
  } catch {
    return null;
  }
}

/** A vector with its place. */
interface PlacedVector {
  readonly vector: Vector;
  readonly place: Pick<ContractProblem, 'file' | 'line' | 'column'>;
}

/** Reads the captured requests next to a description. Throws a UsageError for a file that can't be read. */
async function readVectors(
  folder: string,
  cwd: string,
): Promise<{ readonly vectors: readonly PlacedVector[]; readonly problems: readonly ContractProblem[] }> {
  const [path, another] = names.map((name) => join(folder, name)).filter((file) => existsSync(file));
  if (path === undefined) return { vectors: [], problems: [] };
  const file = shownPath(path, cwd);
  if (another) {
    return { vectors: [], problems: [failure(`${basename(another)} is there, too. Keep one.`, { file })] };
  }
  const document = await readDocument(path, file, 'file of vectors.');
  const result = await judgeDocument(vectorFileSchema, document);
  if ('complaints' in result) {
    const problems = result.complaints.map(({ place, message }) => failure(message, placeIn(file, place)));
    return { vectors: [], problems };
  }
  const vectors = result.data.map(async (vector, at) => ({
    vector,
    place: { line: null, column: null, ...placeIn(file, await document.locate([at])), file },
  }));
  return { vectors: await Promise.all(vectors), problems: [] };
}
