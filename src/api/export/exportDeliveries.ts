import type { AnyProvider } from '../providers.js';
import type { ExportDeliveriesOptions, ExportResult } from './performExport.js';

/**
 * Makes signed deliveries for programs in other languages, as files that are not written yet: test vectors, raw HTTP, HAR, a script with curl,
 * a Postman collection or a load test for k6. Nothing is sent. Rejects with a UsageError for wrong options, and where a real secret would be in a file.
 */
export async function exportDeliveries<const P extends AnyProvider>(
  options: ExportDeliveriesOptions<P>,
): Promise<ExportResult> {
  const { performExport: makeExport } = await import('./performExport.js');
  return makeExport(options);
}
