import type { Exported, ExportFormat } from '../../export/exported.js';
import type { ForgeryName } from '../../forge/forgeries.js';
import { exportOptions } from '../../options/export.js';
import { type ExportedFile, exportFiles } from '../../session/export/exportFiles.js';
import type { LeftOut } from '../../session/export/gather.js';
import { prepareExport } from '../../session/export/prepareExport.js';
import type {
  CallResult,
  MakingOptions,
  PayloadOptions,
  ProjectOptions,
  ProviderOptions,
} from '../project/callOptions.js';
import { openProviderCall } from '../project/openCall.js';
import { freezeResult, omitOptions, readCall } from '../project/readCall.js';
import type { AnyProvider, EventName } from '../providers.js';

const callOptions = omitOptions(exportOptions, ['out', 'force', 'json', 'quiet']);

/** Reads all options and makes the deliveries and their files. */
export async function performExport<P extends AnyProvider>(given: ExportDeliveriesOptions<P>): Promise<ExportResult> {
  const options = readCall(callOptions, ['provider', 'events'], given);
  const { project, provider, io } = await openProviderCall({
    provider: given.provider,
    config: given.config,
    mode: given.mode,
  });
  const ready = await prepareExport({ provider, events: given.events ?? [], project }, options, io);
  const { set, format, leftOut, holdsSecrets, warnings } = ready;
  return freezeResult({
    provider: provider.name,
    format,
    deliveries: [...set.deliveries],
    files: await exportFiles(ready),
    leftOut: [...leftOut],
    holdsSecrets,
    notes: [...warnings, ...io.notes],
  });
}

/** The deliveries to export, and their form. */
export interface ExportDeliveriesOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    MakingOptions,
    PayloadOptions<P>,
    ProjectOptions {
  /** The events, by name; by default all. */
  readonly events?: readonly EventName<P>[];
  /** `vectors` by default. */
  readonly format?: ExportFormat;
  /** The address in the requests; `http://localhost:3000/webhooks` by default. */
  readonly to?: string | URL;
  /** The other forms of each payload, too. */
  readonly allVariants?: boolean;
  /** Adds these forgeries of each event. */
  readonly forge?: ForgeryName | readonly ForgeryName[];
  /** Adds all forgeries that the provider has; a receiver must reject them. */
  readonly forgeries?: boolean;
  /** Lets real secrets into the files. */
  readonly withSecrets?: boolean;
  /** A JSON file that is the body of its event, as it is. */
  readonly data?: string;
  /** A file whose bytes are the body of its event. */
  readonly raw?: string;
}

/** Deliveries that were exported. */
export interface ExportResult extends Pick<CallResult, 'notes'> {
  readonly provider: string;
  readonly format: ExportFormat;
  /** The honest ones first, then the forgeries; each with the name that it has in the files. */
  readonly deliveries: readonly Exported[];
  /** The one document, or raw HTTP for each delivery; with names that every file system takes. */
  readonly files: readonly ExportedFile[];
  /** Forgeries that are not among them, and why. */
  readonly leftOut: readonly LeftOut[];
  /** Whether real secrets are in it. */
  readonly holdsSecrets: boolean;
}
