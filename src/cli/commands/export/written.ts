import { join } from 'node:path';
import type { Delivery } from '../../../core/delivery.js';
import { UsageError } from '../../../core/errors.js';
import { directRoute } from '../../../core/route.js';
import type { CurlScriptOptions } from '../../../export/curlScript.js';
import type { ExportFormat, ExportSet } from '../../../export/exported.js';
import { rawHttp } from '../../../export/rawHttp.js';
import type { ConnectionValues } from '../../../options/connection.js';
import type { Prepared } from '../../../session/send/prepareSend.js';
import type { Io } from '../../io/io.js';
import { curlRoute } from '../../target/curlRoute.js';
import { isFolder, type OutputFile } from './output.js';

/** What the one document of a format ends in; raw HTTP has a file for each delivery. */
const endings: Record<Exclude<ExportFormat, 'raw'>, string> = {
  vectors: '.vectors.json',
  har: '.har',
  curl: '.sh',
  postman: '.postman_collection.json',
};

/** Writers, each loaded when it is asked for. */
const documents: Record<Exclude<ExportFormat, 'raw'>, (set: ExportSet, curl: CurlScriptOptions) => Promise<string>> = {
  vectors: async (set) => (await import('../../../export/vectors.js')).vectors(set),
  har: async (set) => (await import('../../../export/har.js')).har(set),
  curl: async (set, options) => (await import('../../../export/curlScript.js')).curlScript(set, options),
  postman: async (set) => (await import('../../../export/postman.js')).postman(set),
};

export interface WriteRequest {
  readonly set: ExportSet;
  readonly format: ExportFormat;
  /** Null for stdout. */
  readonly out: string | null;
  readonly curl: CurlScriptOptions;
}

/** The export as files, or as the text for stdout. Throws a UsageError where the format can't hold it. */
export async function written({ set, format, out, curl }: WriteRequest, io: Io): Promise<string | OutputFile[]> {
  if (format !== 'raw') {
    const text = await documents[format](set, curl);
    if (out === null) return text;
    const path = isFolder(out, io) ? join(out, `${set.provider.name}${endings[format]}`) : out;
    return [{ path, bytes: Buffer.from(text) }];
  }
  const files = set.deliveries.map(({ name, delivery }) => ({ name: `${name}.http`, bytes: rawHttp(delivery) }));
  if (out !== null) return files.map(({ name, bytes }) => ({ path: join(out, name), bytes }));
  const [only] = files;
  const text = only!.bytes.toString('utf8');
  if (files.length === 1 && Buffer.from(text).equals(only!.bytes)) return text;
  const why = files.length > 1 ? `${files.length} requests are as many files` : 'the request is not all text';
  throw new UsageError('NO_OUT', `--format raw: ${why}. Name a folder for them with --out.`);
}

/** How the script with curl goes to the target, as the config and the environment say. */
export function curlOptions(
  { route }: Prepared,
  given: ConnectionValues,
  secretHeaders: CurlScriptOptions['secretHeaders'],
): CurlScriptOptions {
  const options = ({ url }: Delivery) => (route === directRoute ? [] : curlRoute(given, route, url));
  return { secretHeaders, options };
}
