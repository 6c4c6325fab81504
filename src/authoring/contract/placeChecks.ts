import type { ContractProblem } from '../../core/contract.js';
import { nearest } from '../../core/nearest.js';
import { parsedBody } from '../../json/dialect.js';
import { allPaths, formatPath, getPath, parsePath, unknownPath } from '../../json/path.js';
import type { Json } from '../../json/value.js';
import { type ContractSubject, failure, warning } from './subject.js';

/** Fields that each delivery fills and for which a sample has no place. */
export function checkFields({ provider, samples }: ContractSubject): ContractProblem[] {
  return (provider.fields ?? []).flatMap(([path]) =>
    samples
      .filter(({ body }) => getPath(body, parsePath(path)) === undefined)
      .map(({ body, file }) =>
        failure(
          `${unknownPath(body, parsePath(path)).message} Each delivery fills it (fields): give it a place, with any value, such as "".`,
          { file },
        ),
      ),
  );
}

/** Values that are read from fields which the samples do not have. */
export function checkValues(subject: ContractSubject): ContractProblem[] {
  const { provider, samples } = subject;
  return Object.entries(provider.values).flatMap(([name, spec]): ContractProblem[] => {
    if (spec.kind === 'field' && spec.absent === undefined) {
      return samples
        .filter(({ body }) => getPath(body, parsePath(spec.path)) === undefined)
        .map(({ body, file }) =>
          failure(
            `${unknownPath(body, parsePath(spec.path)).message} The value ${name} is read from it: say what stands for it with "absent", or add it.`,
            { file },
          ),
        );
    }
    const paths = spec.kind === 'field' ? [spec.path] : spec.kind === 'fields' ? spec.paths : [];
    return typeof paths === 'string' ? [] : paths.flatMap((path) => nowhere(name, path, subject));
  });
}

/** A path that may be absent, but is so everywhere, is most likely mistyped. */
function nowhere(name: string, path: string, { provider, samples }: ContractSubject): ContractProblem[] {
  const handshakes = (provider.handshakes ?? []).map(({ body }) => parsedBody(Buffer.from(body ?? ''), provider));
  const bodies = [...samples.map(({ body }) => body), ...handshakes].filter((body): body is Json => body !== undefined);
  if (bodies.length === 0 || bodies.some((body) => getPath(body, parsePath(path)) !== undefined)) return [];
  const near = nearest(path, [...new Set(bodies.flatMap((body) => allPaths(body).map(formatPath)))]);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return [warning(`values.${name}: no sample has a field ${path}.${hint}`)];
}
