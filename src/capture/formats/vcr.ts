import { readTaggedYaml } from '../../documents/readTaggedYaml.js';
import { badCapture, type CapturedItem } from '../capture.js';
import type { CaptureInput } from '../captureInput.js';
import { readVcrInteraction } from './vcrInteraction.js';

/** Cassettes in YAML: of VCR for Ruby, vcrpy and go-vcr. Throws a UsageError for a file that is cut. */
export function readVcrYaml(input: CaptureInput): CapturedItem[] {
  const document = readTaggedYaml(input.text) as Record<string, unknown> | null | undefined;
  const list = document?.http_interactions ?? document?.interactions;
  const items = (Array.isArray(list) ? (list as unknown[]) : []).flatMap((value) =>
    typeof value === 'object' && value !== null
      ? (readVcrInteraction(
          { value: value as Record<string, unknown>, path: [] },
          { ...input, valueAt: () => undefined },
        ) ?? [])
      : [],
  );
  if (items.length > 0) return items;
  throw badCapture(
    input.source,
    document === undefined ? 'this cassette is not YAML. Is it cut?' : 'this cassette holds no requests.',
  );
}
