import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { type MessageCoverage, messageParameters, type SchemeOptions } from '../core/scheme.js';
import { coverageOf } from '../core/schemeFacts.js';
import {
  derivedComponents,
  headerSource,
  inputSource,
  isSentHeader,
  messageAlgorithmOf,
  queryParameterName,
} from '../signing/messageSignature.js';
import type { DescriptionIssue } from './descriptionIssue.js';

/** Returns issues of signatures by RFC 9421: what they cover, and the headers that carry them. */
export function messageSignatureIssues(provider: Provider): DescriptionIssue[] {
  return Object.entries(provider.signatures).flatMap(([name, options]) => {
    const covers = coverageOf(options);
    if (!covers) return [];
    const path = ['signatures', name];
    return [
      ...componentIssues(covers, provider, path),
      ...parameterIssues(covers, options, path),
      ...headerIssues(name, covers, provider, path),
    ];
  });
}

function componentIssues(
  { components }: MessageCoverage,
  { headers }: Provider,
  path: DescriptionIssue['path'],
): DescriptionIssue[] {
  return components.flatMap((component, at): DescriptionIssue[] => {
    const message = componentProblem(component, components.indexOf(component) < at, headers);
    return message === null ? [] : [{ path: [...path, 'components', at], message }];
  });
}

function componentProblem(component: string, isRepeated: boolean, headers: Provider['headers']): string | null {
  if (isRepeated) return `${component} is covered twice, which RFC 9421 forbids.`;
  if (queryParameterName(component) !== null) return null;
  if (component.startsWith('@')) {
    return derivedComponents.includes(component)
      ? null
      : `${component} is no component that can be signed here. ${suggest(component, derivedComponents)}`;
  }
  if (component !== component.toLowerCase()) return `${component}: write the name of a header in lower case.`;
  if (component === 'signature' || component === 'signature-input') return `${component} can't cover itself.`;
  if (isSentHeader(headers, component)) return null;
  const known = headers.map(([name]) => name.toLowerCase());
  return `${component} is no header that is sent with one value. ${suggest(component, known)}`;
}

function parameterIssues(
  { parameters }: MessageCoverage,
  options: SchemeOptions,
  path: DescriptionIssue['path'],
): DescriptionIssue[] {
  const algorithm = messageAlgorithmOf(options);
  return Object.entries(parameters).flatMap(([name, value]): DescriptionIssue[] => {
    const at = [...path, 'parameters', name];
    if (!(messageParameters as readonly string[]).includes(name)) {
      return [{ path: at, message: `${name} is no parameter of RFC 9421. ${suggest(name, messageParameters)}` }];
    }
    if (name === 'alg' && value !== algorithm) {
      return [{ path: at, message: `is not ${algorithm}, by which the signature is made.` }];
    }
    return /[^\x20-\x7e]/.test(value) ? [{ path: at, message: 'holds characters beyond ASCII.' }] : [];
  });
}

/** Returns issues of the two headers that RFC 9421 requires, under one label. */
function headerIssues(
  name: string,
  covers: MessageCoverage,
  { headers }: Provider,
  path: DescriptionIssue['path'],
): DescriptionIssue[] {
  const problem = (message: string): DescriptionIssue[] => [{ path, message }];
  const signature = headerSource(headers, 'Signature') ?? '';
  const [, label] = new RegExp(`(?:^|[, ])([a-z*][a-z0-9_.*-]*)=:\\{${escaped(name)}\\}:`).exec(signature) ?? [];
  if (label === undefined) return problem(`no header carries it: add Signature: 'sig1=:{${name}}:' to headers.`);
  const input = headerSource(headers, 'Signature-Input') ?? '';
  if (input.includes(`${label}=${inputSource(covers)}`)) return [];
  return problem(
    `no header says what it covers: add Signature-Input: '${label}={${name}.input}' to headers, under the label of Signature.`,
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
