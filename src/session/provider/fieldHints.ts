import { statSync } from 'node:fs';
import { shownPath } from '../../core/printable.js';
import type { World } from '../../core/world.js';
import { encodeJson } from '../../json/encodeJson.js';
import { loadSample } from '../../payloads/load.js';
import { checkSampleName, type SampleName } from '../../payloads/sampleName.js';
import { type DescribedField, describeFields } from '../../spec/describeFields.js';
import type { Specification } from '../../spec/specification.js';
import { specifiedEvents } from '../../spec/specifiedEvents.js';
import { readNamedSpecification } from './readNamedSpecification.js';

/** The fields of a sample as the provider's specification describes them. */
export interface FieldHints {
  /** The specification, as people see it. */
  readonly specification: string;
  /** Empty where it does not describe the event. */
  readonly fields: readonly DescribedField[];
}

/** A specification that is larger takes a person's patience to be read. */
const maxBytes = 4 * 1024 * 1024;

interface KeptSpecification {
  readonly path: string;
  readonly stamps: string;
  readonly specification: Specification;
}

/** The last specification read: moving from event to event needs the same one. */
let kept: KeptSpecification | null = null;

/** Reads the fields of a sample from the provider's specification; null for a provider without one. Throws a UsageError. */
export async function readFieldHints(name: SampleName, io: World): Promise<FieldHints | null> {
  checkSampleName(name);
  const { spec } = name.provider;
  if (spec === undefined) return null;
  const shown = shownPath(spec, io.cwd);
  if (kept?.path !== spec || kept.stamps !== stampsOf(kept.specification, spec)) {
    const specification = await readNamedSpecification(shown, 'spec', io, { keepsDescriptions: true, maxBytes });
    kept = { path: spec, stamps: stampsOf(specification, spec), specification };
  }
  const { specification } = kept;
  const event = specifiedEvents(specification)(name.event);
  if (!event) return { specification: shown, fields: [] };
  const sample: unknown = JSON.parse(encodeJson(await loadSample(name), 'js'));
  return { specification: shown, fields: describeFields(sample, event.schema, specification.set) };
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
