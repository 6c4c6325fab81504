import { exportOptions } from '../../options/export.js';
import { exportFiles } from '../../session/export/exportFiles.js';
import { prepareExport } from '../../session/export/prepareExport.js';
import { frozen } from '../project/frozen.js';
import { openProviderCall } from '../project/openCall.js';
import { optionsBut, readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';
import type { ExportDeliveriesOptions, ExportResult } from './exportOptions.js';

const callOptions = optionsBut(exportOptions, ['out', 'force', 'json', 'quiet']);

/** Reads all options and makes the deliveries and their files. */
export async function makeExport<P extends AnyProvider>(given: ExportDeliveriesOptions<P>): Promise<ExportResult> {
  const options = readCall(callOptions, ['provider', 'events'], given);
  const { project, provider, io } = await openProviderCall({ provider: given.provider, config: given.config });
  const ready = await prepareExport({ provider, events: given.events ?? [], project }, options, io);
  const { set, format, leftOut, holdsSecrets, warnings } = ready;
  return frozen({
    provider: provider.name,
    format,
    deliveries: [...set.deliveries],
    files: await exportFiles(ready),
    leftOut: [...leftOut],
    holdsSecrets,
    notes: [...warnings, ...io.notes],
  });
}
