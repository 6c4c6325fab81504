import { join } from 'node:path';
import type { Env } from '../../config/envFiles.js';
import type { Provider } from '../../core/provider.js';
import { shownPath } from '../../core/shownPath.js';
import type { Json } from '../../json/value.js';

/** A sample of an event that is there and can be read. */
export interface ContractSample {
  readonly event: string;
  readonly variant: string | null;
  /** The name of its file, without the ending. */
  readonly name: string;
  /** As people see it. */
  readonly file: string;
  readonly body: Json;
}

/** What the checks of a provider look at. */
export interface ContractSubject {
  readonly provider: Provider;
  /** The folder of its description; null where it stands in the config. */
  readonly folder: string | null;
  /** Names of all samples that are there, also of those that no event calls for or that can't be read. */
  readonly sampleNames: readonly string[];
  readonly samples: readonly ContractSample[];
  /** Variables beside those of its own that may hold its secret, as the config says. */
  readonly secretVariables: readonly string[];
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The folder from which paths are shown. */
  readonly cwd: string;
}

/** Where a sample lies, or would lie, as people see it. */
export function sampleFileOf(samples: Provider['samples'], name: string, cwd: string): string {
  return typeof samples === 'string' ? shownPath(join(samples, `${name}.json`), cwd) : `samples: ${name}`;
}
