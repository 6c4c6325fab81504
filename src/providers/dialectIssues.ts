import type { Provider } from '../core/provider.js';
import { formOf } from '../json/form.js';
import { boundaryIn, isBoundary } from '../json/multipart.js';
import type { DescriptionIssue } from './descriptionIssue.js';

/** Returns what of a provider does not fit its dialect. */
export function dialectIssues(provider: Provider): DescriptionIssue[] {
  const form = formOf(provider.dialect);
  if (form) return form.kind === 'multipart' ? boundaryIssues(provider, form.boundary) : [];
  return provider.dialect === 'text' ? fieldIssues(provider) : [];
}

function boundaryIssues({ headers }: Provider, boundary: string | undefined): DescriptionIssue[] {
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
  const [, type = ''] = headers[at] ?? [];
  const path = at < 0 ? ['headers'] : ['headers', at];
  const written = typeof type === 'string' ? boundaryIn(type) : null;
  if (written === null) {
    const example = `Content-Type: multipart/form-data; boundary=${boundary ?? 'acme-boundary'}`;
    return [{ path, message: `multipart needs a boundary, which receivers look for in a header. Write ${example}.` }];
  }
  if (!isBoundary(written)) return [{ path, message: 'its boundary is none: 1 to 70 letters, digits and signs.' }];
  return written === boundary
    ? []
    : [{ path: ['dialect', 'boundary'], message: `is not that of the header Content-Type, ${written}. Leave it out.` }];
}

/** A text has no fields, so that nothing can be read from it or put into it. */
function fieldIssues({ fields, eventAt, values, keyUrl, identities }: Provider): DescriptionIssue[] {
  const none = 'is for bodies with fields, and the dialect is text.';
  return [
    ...(fields ? [{ path: ['fields'], message: none }] : []),
    ...(eventAt === null ? [] : [{ path: ['eventAt'], message: none }]),
    ...(keyUrl && 'at' in keyUrl ? [{ path: ['keyUrl', 'at'], message: none }] : []),
    ...identities.flatMap(({ ids }, group) =>
      ids.flatMap(({ path }, at) =>
        path === undefined
          ? []
          : [{ path: ['identities', group, 'ids', at, 'path'], message: `${none} Name the id by its literal.` }],
      ),
    ),
    ...Object.entries(values).flatMap(([name, { kind }]) =>
      kind === 'field' || kind === 'fields' ? [{ path: ['values', name], message: `${kind} ${none}` }] : [],
    ),
  ];
}
