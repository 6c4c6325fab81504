import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { providerInMode } from '../core/providerMode.js';
import { contentSources } from '../core/schemeFacts.js';
import { formOf } from '../json/form.js';
import {
  givenNames,
  readBodyTemplate,
  readFieldTemplates,
  readHeaderTemplates,
  readQueryTemplates,
  readSignatureTemplates,
  unplaceableReason,
} from '../signing/templates.js';
import type { DescriptionIssue } from './descriptionIssue.js';
import { dialectIssues } from './dialectIssues.js';
import { messageSignatureIssues } from './messageSignatureIssues.js';
import { wireIssues } from './wireIssues.js';

/** Returns contradictions between the parts of a provider; each part by itself fits the schema. */
export function crossFieldIssues(provider: Provider): DescriptionIssue[] {
  return [...issuesOfOneForm(provider), ...modeIssues(provider)];
}

/** Returns the issues of modes that the provider does not have without them. */
function modeIssues(provider: Provider): DescriptionIssue[] {
  const known = new Set(issuesOfOneForm(provider).map(({ message }) => message));
  return Object.keys(provider.modes ?? {}).flatMap((mode) =>
    issuesOfOneForm(providerInMode(provider, mode))
      .filter(({ message }) => !known.has(message))
      .map(({ path, message }) => ({ path: ['modes', mode], message: `${path.join('.')}: ${message}` })),
  );
}

function issuesOfOneForm(provider: Provider): DescriptionIssue[] {
  return [
    ...eventIssues(provider),
    ...wireIssues(provider),
    ...nameIssues(provider),
    ...givenIssues(provider),
    ...templateIssues(provider),
    ...headerIssues(provider),
    ...numberIssues(provider),
    ...dialectIssues(provider),
    ...bodyIssues(provider),
    ...messageSignatureIssues(provider),
  ];
}

function eventIssues(provider: Provider): DescriptionIssue[] {
  const known = Object.keys(provider.events);
  const unknown = (path: DescriptionIssue['path'], name: string): DescriptionIssue[] =>
    known.includes(name) ? [] : [{ path, message: `${name} is no event of ${provider.name}. ${suggest(name, known)}` }];
  const seen = new Set<string>();
  const lower = known.map((name) => name.toLowerCase());
  const twins = known.flatMap((name, at) => {
    const first = known[lower.indexOf(name.toLowerCase())]!;
    return first === name
      ? []
      : [
          {
            path: ['events', at],
            message: `${name} differs from ${first} only in the case of its letters, as a file may not.`,
          },
        ];
  });
  return [
    ...twins,
    ...(known.length === 0 ? [{ path: ['events'], message: 'is empty. Name one event at least.' }] : []),
    ...(known.length === 0 ? [] : unknown(['defaultEvent'], provider.defaultEvent)),
    ...provider.identities.flatMap((group, at) =>
      (group.events ?? known).flatMap((name) => {
        const path = ['identities', at, 'events'];
        const twice = seen.has(name) ? [{ path, message: `${name} is in two groups of identities.` }] : [];
        seen.add(name);
        return [...unknown(path, name), ...twice];
      }),
    ),
    ...(provider.flows ?? []).flatMap(({ steps }, at) =>
      steps.flatMap(({ event }, step) => unknown(['flows', at, 'steps', step, 'event'], event)),
    ),
  ];
}

function nameIssues({ values, signatures }: Provider): DescriptionIssue[] {
  const names = [...givenNames, ...Object.keys(values), ...Object.keys(signatures)];
  return names
    .filter((name, at) => names.indexOf(name) !== at)
    .map((name) => ({
      path: [name in values && givenNames.includes(name) ? 'values' : 'signatures', name],
      message: 'is a name that templates have already.',
    }));
}

/** Texts of the user's own, where only what comes before the first delivery may hold some. */
function givenIssues({ values }: Provider): DescriptionIssue[] {
  return Object.entries(values)
    .filter(([, { kind }]) => kind === 'given')
    .map(([name]) => ({ path: ['values', name, 'kind'], message: 'given is for the values of handshakes.' }));
}

/** Returns issues of templates with unknown names, each read alone so that its place is known. */
function templateIssues(provider: Provider): DescriptionIssue[] {
  const signatures = Object.entries(provider.signatures);
  return [
    ...signatures.flatMap(([name], at) =>
      failure(['signatures', name], () =>
        readSignatureTemplates({ ...provider, signatures: Object.fromEntries(signatures.slice(0, at + 1)) }),
      ),
    ),
    ...provider.headers.flatMap((header, at) =>
      failure(['headers', at], () => readHeaderTemplates({ ...provider, headers: [header] })),
    ),
    ...(provider.fields ?? []).flatMap(
      (field, at) =>
        noPlace(provider, 'fields', at) ??
        failure(['fields', at], () => readFieldTemplates({ ...provider, fields: [field] })),
    ),
    ...(provider.query ?? []).flatMap(
      (parameter, at) =>
        noPlace(provider, 'query', at) ??
        failure(['query', at], () => readQueryTemplates({ ...provider, query: [parameter] })),
    ),
  ];
}

/** A template of the body that holds no payload. */
function bodyIssues(provider: Provider): DescriptionIssue[] {
  const path = ['body'];
  if (provider.body === undefined) return [];
  const failed = failure(path, () => readBodyTemplate(provider));
  if (failed.length > 0) return failed;
  if (formOf(provider.dialect))
    return [{ path, message: 'is for payloads that are JSON or text, and the dialect is a form.' }];
  const names = Object.keys(provider.signatures);
  const functions = names.filter(
    (name) => provider.body!.includes(`{${name}}`) && provider.signatures[name]!.scheme === 'custom',
  );
  const closed = functions.find((name) => !opens(provider, name));
  if (closed !== undefined)
    return [
      {
        path,
        message: `names {${closed}}, whose payload nobody can read again. Give its signature open, a function that returns it.`,
      },
    ];
  if (functions.length > 1)
    return [{ path, message: `names {${functions.join('} and {')}}. One function makes the body.` }];
  const claiming = names.filter((name) => claimsPayload(provider, name) || isEncodedPayload(provider, name));
  if ([...functions, ...claiming].some((name) => provider.body!.includes(`{${name}}`))) return [];
  const message =
    'holds no payload: name a signature of the scheme jwt whose claims are, or hold, {body}, one of the scheme encoded whose content is {body}, or one that functions make and open.';
  return [
    { path, message: `${message} ${claiming.length > 0 ? `There is {${claiming.join('}, {')}}.` : ''}`.trimEnd() },
  ];
}

/** Returns whether a function reads again what another one makes. */
function opens({ signatures }: Provider, name: string): boolean {
  const options = signatures[name]!;
  return options.scheme === 'custom' && options.open !== undefined;
}

/** Returns whether a signature is a token that claims the payload: as all of its claims, or one of them. */
function claimsPayload({ signatures }: Provider, name: string): boolean {
  const options = signatures[name]!;
  return options.scheme === 'jwt' && contentSources(options).includes('{body}');
}

/** Returns whether a signature is nothing but the payload in another encoding. */
function isEncodedPayload({ signatures }: Provider, name: string): boolean {
  const options = signatures[name]!;
  return options.scheme === 'encoded' && options.content === '{body}' && options.part === undefined;
}

/** Returns what a function makes, where it would be a part of what the function is given; null where it is not. */
function noPlace(provider: Provider, part: 'fields' | 'query', at: number): DescriptionIssue[] | null {
  const message = unplaceableReason(provider, part, provider[part]![at]![1]);
  return message === null ? null : [{ path: [part, at, 1], message }];
}

function failure(path: DescriptionIssue['path'], read: () => unknown): DescriptionIssue[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ path, message: error.message }];
  }
}

/** Names of headers that are numbered, where there is nothing to count. */
function numberIssues({ headers }: Provider): DescriptionIssue[] {
  return headers.flatMap(([name, value], at): DescriptionIssue[] => {
    const isCounted = typeof value !== 'string' && 'value' in value && value.on === 'each secret';
    if (isCounted || !name.includes('{number}')) return [];
    return [{ path: ['headers', at], message: `${name} is numbered, which goes with on: each secret.` }];
  });
}

/** Values that are read from a header; else a header could depend on itself. */
function headerIssues({ name: provider, headers, values, signatures }: Provider): DescriptionIssue[] {
  const computed = [
    ...Object.keys(signatures),
    ...Object.keys(values).filter((name) => values[name]!.kind === 'header'),
  ];
  return Object.entries(values).flatMap(([name, value]): DescriptionIssue[] => {
    if (value.kind !== 'header') return [];
    const path = ['values', name, 'name'];
    const header = headers.find(([candidate]) => candidate.toLowerCase() === value.name.toLowerCase());
    const text = typeof header?.[1] === 'string' ? header[1] : undefined;
    if (text === undefined) {
      const known = headers.map(([candidate]) => candidate);
      return [{ path, message: `${value.name} is no header of ${provider}. ${suggest(value.name, known)}` }];
    }
    const isComputed = computed.some((other) => text.includes(`{${other}}`));
    return isComputed ? [{ path, message: `${value.name} is itself made of signatures or headers.` }] : [];
  });
}
