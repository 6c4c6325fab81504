import type { ReceivedRequest } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import type { MessageCoverage, SchemeOptions } from '../core/scheme.js';
import { coverageOf } from '../core/schemeFacts.js';
import { headerSource, messageAlgorithmOf, writtenComponent } from '../signing/messageSignature.js';
import {
  type BareItem,
  type FieldItem,
  type FieldMember,
  parseDictionary,
  StructuredFieldError,
  writeItem,
  writeMember,
} from '../signing/structuredFields.js';
import { contentDigestProblem } from './contentDigest.js';
import { ComponentError, type CoveredMessage, componentLine } from './messageComponents.js';
import { headerTexts } from './places.js';

/** Several items in parentheses: what a signature covers, and its parameters. */
type Covering = Extract<FieldMember, { items: readonly FieldItem[] }>;

/** More components than any request has use for: each is looked for in all of the request. */
const maxComponents = 200;

/** One signature of a message, as received. */
export interface ReceivedSignature {
  readonly label: string;
  readonly covering: Covering;
  readonly base64: string;
}

/** Kinds of faults in a signed message that are found before its signature is checked. */
export type MessageFault = 'missing' | 'syntax' | 'label' | 'coverage' | 'parameter' | 'component' | 'digest';

/** The reason, in a sentence, why a request is not genuine. */
interface Reason {
  readonly reason: string;
  readonly fault: MessageFault;
}

/**
 * Returns a provider and a request in which the signatures by RFC 9421 cover what the request says they do, each with its signature base as a text to
 * sign; or the reason why that can't be, or must not. Returns both unchanged where there are no such signatures.
 */
export function resolveMessageSignatures(
  provider: Provider,
  request: ReceivedRequest,
  digest: 'judged' | 'ignored' = 'judged',
): { readonly provider: Provider; readonly request: ReceivedRequest } | Reason {
  const names = Object.keys(provider.signatures).filter((name) => coverageOf(provider.signatures[name]));
  if (names.length === 0) return { provider, request };
  const signatures: Record<string, SchemeOptions> = { ...provider.signatures };
  const isOwn = (header: string) => /^(signature|signature-input|content-digest)$/i.test(header);
  const headers = provider.headers.filter(([header]) => !isOwn(header));
  const received = request.headers.filter(([header]) => !isOwn(header));
  for (const name of names) {
    const found = readReceivedSignature(name, provider, request);
    if ('reason' in found) return found;
    const problem =
      coverageProblem(provider.signatures[name]!, found) ??
      (digest === 'judged' ? digestProblem(found, request) : null);
    if (problem !== null) return problem;
    const base = signatureBase(found.covering, request);
    if ('reason' in base) return base;
    const { covers, ...options } = provider.signatures[name] as SchemeOptions & { readonly covers?: MessageCoverage };
    signatures[name] = { ...options, content: base.text.replace(/[{}]/g, '$&$&') } as SchemeOptions;
    const header = names.length === 1 ? 'Signature' : `Signature-${name}`;
    headers.push([header, `${found.label}=:{${name}}:`]);
    received.push([header, `${found.label}=:${found.base64}:`]);
  }
  return { provider: { ...provider, signatures, headers }, request: { ...request, headers: received } };
}

/** The bytes that a signature is over, as text; or why the message has none. */
export function signatureBase(covering: Covering, message: CoveredMessage): { readonly text: string } | Reason {
  try {
    const lines = covering.items.map((item) => componentLine(item, message));
    return { text: [...lines, `"@signature-params": ${writeMember(covering)}`].join('\n') };
  } catch (error) {
    if (error instanceof ComponentError) return { reason: `the signature ${error.message}`, fault: 'component' };
    throw error;
  }
}

/** The signature of a name as a request has it: that under the label of the description or, where there is one only, under its own. */
export function readReceivedSignature(
  name: string,
  { headers }: Pick<Provider, 'headers'>,
  request: ReceivedRequest,
): ReceivedSignature | Reason {
  const inputs = readDictionary('Signature-Input', request);
  if ('reason' in inputs) return inputs;
  const values = readDictionary('Signature', request);
  if ('reason' in values) return values;
  const own = findLabel(name, headerSource(headers, 'Signature') ?? '');
  const label = inputs.members.has(own) || inputs.members.size !== 1 ? own : [...inputs.members.keys()][0]!;
  const covering = inputs.members.get(label);
  if (!covering) return fail('label', `Signature-Input has no ${label}${listPresent(inputs.members)}`);
  if (!('items' in covering))
    return fail('syntax', `${label} of Signature-Input is no list of components in parentheses`);
  if (covering.items.length > maxComponents)
    return fail('syntax', `${label} of Signature-Input covers more than ${maxComponents} components`);
  const member = values.members.get(label);
  if (!member)
    return fail('label', `Signature has no ${label}, which Signature-Input describes${listPresent(values.members)}`);
  if (!('value' in member) || member.value.kind !== 'bytes') {
    return fail('syntax', `${label} of Signature is no Base64 between colons`);
  }
  return { label, covering, base64: member.value.base64 };
}

/** Returns the time in a received signature's parameter of that name. */
export function receivedTime(
  provider: Provider,
  request: ReceivedRequest,
  parameter: 'created' | 'expires',
): { readonly name: string; readonly text: string; readonly ms: number } | null {
  for (const [name, options] of Object.entries(provider.signatures)) {
    if (!coverageOf(options)) continue;
    const found = readReceivedSignature(name, provider, request);
    const value = 'covering' in found ? found.covering.parameters.get(parameter) : undefined;
    if (value?.kind === 'integer') return { name: 'Signature-Input', text: value.text, ms: Number(value.text) * 1000 };
  }
  return null;
}

function listPresent(members: ReadonlyMap<string, FieldMember>): string {
  return members.size === 0 ? '' : `, but ${[...members.keys()].slice(0, 3).join(', ')}`;
}

function findLabel(name: string, header: string): string {
  const at = header.indexOf(`=:{${name}}`);
  return header.slice(0, Math.max(at, 0)).split(/[ ,]/).at(-1)!;
}

function readDictionary(
  name: string,
  request: ReceivedRequest,
): { readonly members: ReadonlyMap<string, FieldMember> } | Reason {
  const texts = headerTexts(request, name);
  if (texts.length === 0) return fail('missing', `the header ${name} is missing`);
  try {
    return { members: parseDictionary(texts.join(', ').trim(), 'once') };
  } catch (error) {
    if (error instanceof StructuredFieldError)
      return fail('syntax', `the header ${name} is no structured field: ${error.message}`);
    throw error;
  }
}

/** Returns what a signature lacks that its description calls for; null where it lacks nothing. */
function coverageProblem(options: SchemeOptions, { covering }: ReceivedSignature): Reason | null {
  const covers = coverageOf(options)!;
  const names = covering.items.map(writeItem);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) return fail('coverage', `the signature covers ${twice} twice`);
  const missing = covers.components.filter((name) => !names.includes(writtenComponent(name)));
  if (missing.length > 0) return fail('coverage', `the signature does not cover ${missing.join(', ')}`);
  const problem = parameterProblem(options, covers, covering);
  return problem === null ? null : fail('parameter', problem);
}

function digestProblem({ covering }: ReceivedSignature, request: ReceivedRequest): Reason | null {
  const isCovered = covering.items.some((item) => writeItem(item).startsWith('"content-digest"'));
  const isSent = headerTexts(request, 'content-digest').length > 0;
  const problem = isCovered || isSent ? contentDigestProblem(request) : null;
  return problem === null ? null : fail('digest', problem);
}

function fail(fault: MessageFault, reason: string): Reason {
  return { reason, fault };
}

function parameterProblem(options: SchemeOptions, covers: MessageCoverage, { parameters }: Covering): string | null {
  const algorithm = parameters.get('alg');
  const own = messageAlgorithmOf(options);
  if (algorithm && textOf(algorithm) !== own) return `the signature names another algorithm than ${own}`;
  for (const [name, template] of Object.entries(covers.parameters)) {
    const value = parameters.get(name);
    if (!value) return `the signature has no parameter ${name}`;
    if (value.kind !== (name === 'created' || name === 'expires' ? 'integer' : 'string'))
      return `the parameter ${name} of the signature has another form`;
    if (name === 'tag' && !template.includes('{') && textOf(value) !== template)
      return `the signature has another tag than ${template}, so that it is for something else`;
  }
  return null;
}

function textOf(value: BareItem): string {
  return 'text' in value ? value.text : '';
}
