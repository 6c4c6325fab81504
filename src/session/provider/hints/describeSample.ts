import { readFileSync, statSync } from 'node:fs';
import { UsageError } from '../../../core/errors.js';
import { assertRegularFile } from '../../../core/regularFile.js';
import { type DescribedField, describeFields } from '../../../spec/describeFields.js';
import { isSpecification } from '../../../spec/isSpecification.js';
import { readSpecification } from '../../../spec/readSpecification.js';
import type { Specification } from '../../../spec/specification.js';
import { specifiedEvents } from '../../../spec/specifiedEvents.js';

/** A sample, and the specification of its provider, as plain data. */
export interface HintQuestion {
  /** An absolute path: of a file or a folder. */
  readonly specification: string;
  /** As people see it. */
  readonly shown: string;
  readonly cwd: string;
  readonly event: string;
  /** As JSON. */
  readonly sample: string;
}

/** A specification that is larger takes a person's patience to be read. */
const maxMebibytes = 4;
const maxBytes = maxMebibytes * 1024 * 1024;

interface KeptSpecification {
  readonly path: string;
  readonly stamps: string;
  readonly specification: Specification;
}

/** The last specification read: moving from event to event needs the same one. */
let kept: KeptSpecification | null = null;

/** Describes the fields of a sample by a specification; none where the event is missing from it. Throws a UsageError where it can't be read. */
export function describeSample({ specification: path, shown, cwd, event, sample }: HintQuestion): DescribedField[] {
  if (kept?.path !== path || kept.stamps !== stampsOf(kept.specification, path)) {
    const specification = read(path, shown, cwd);
    kept = { path, stamps: stampsOf(specification, path), specification };
  }
  const specified = specifiedEvents(kept.specification)(event);
  return specified ? describeFields(JSON.parse(sample), specified.schema, kept.specification.set) : [];
}

function read(path: string, shown: string, cwd: string): Specification {
  let bytes: Uint8Array | null;
  try {
    assertRegularFile(path);
    const stat = statSync(path);
    if (stat.isFile() && stat.size > maxBytes) {
      throw new UsageError('BAD_SPECIFICATION', `${shown}: it is larger than ${maxMebibytes} MiB.`);
    }
    bytes = stat.isDirectory() ? null : readFileSync(path);
    if (bytes !== null && !isSpecification(bytes)) throw new Error('it is none');
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(
      'BAD_SPECIFICATION',
      `spec: ${shown} can't be read, or is no OpenAPI document and no JSON Schema.`,
      { cause },
    );
  }
  return readSpecification({ path, shown, bytes, cwd }, { keepsDescriptions: true, maxBytes });
}

/** Changes where a file of a specification does. */
function stampsOf({ files }: Specification, path: string): string {
  return [path, ...files]
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return `${stat?.mtimeMs} ${stat?.size}`;
    })
    .join();
}
