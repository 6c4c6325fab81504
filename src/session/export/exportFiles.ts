import { addressFor, portOf, proxyFor } from '../../core/proxyFor.js';
import type { Route } from '../../core/route.js';
import { quoteShellWord } from '../../export/curl.js';
import type { CurlScriptOptions } from '../../export/curlScript.js';
import type { ExportFormat, ExportSet } from '../../export/exported.js';
import { rawHttp } from '../../export/rawHttp.js';
import type { ConnectionValues } from '../../options/connection.js';

/** A file that an export comes to. */
export interface ExportedFile {
  /** No other of the export has it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The file name ending of a format with one document; raw HTTP has a file for each delivery. */
const endings: Record<Exclude<ExportFormat, 'raw'>, string> = {
  vectors: '.vectors.json',
  har: '.har',
  curl: '.sh',
  postman: '.postman_collection.json',
  k6: '.k6.js',
};

/** Writers, each loaded on first use. */
const documents: Record<Exclude<ExportFormat, 'raw'>, (written: WrittenExport) => Promise<string>> = {
  vectors: async ({ set }) => (await import('../../export/vectors.js')).vectors(set),
  har: async ({ set }) => (await import('../../export/har.js')).har(set),
  curl: async ({ set, curl }) => (await import('../../export/curlScript.js')).curlScript(set, curl),
  postman: async ({ set }) => (await import('../../export/postman.js')).postman(set),
  k6: async ({ k6 }) => k6!,
};

/** An export, with its format. */
export interface WrittenExport {
  readonly set: ExportSet;
  readonly format: ExportFormat;
  readonly curl: CurlScriptOptions;
  /** The script; null for all other formats. */
  readonly k6: string | null;
}

/** The export as files: one document, or raw HTTP for each delivery. */
export async function exportFiles(written: WrittenExport): Promise<ExportedFile[]> {
  const { set, format } = written;
  if (format === 'raw') {
    return set.deliveries.map(({ name, delivery }) => ({ name: `${name}.http`, bytes: rawHttp(delivery) }));
  }
  const text = await documents[format](written);
  return [{ name: `${set.provider.name}${endings[format]}`, bytes: Buffer.from(text) }];
}

/** Options that make curl take the same way to a URL; files are named as the options do, a proxy's password is a shell variable. */
export function curlRoute(options: ConnectionValues, route: Route, text: string): string[] {
  const url = new URL(text);
  const address = addressFor(route, url);
  const proxyUrl = proxyFor(route, url);
  const proxy = proxyUrl === null ? null : new URL(proxyUrl);
  const files = (['cacert', 'cert', 'key'] as const).filter((name) => options[name] !== undefined);
  return [
    ...(route.insecure ? ['--insecure'] : []),
    ...files.map((name) => `--${name} ${quoteShellWord(options[name]!)}`),
    ...(route.socketPath === null ? [] : [`--unix-socket ${quoteShellWord(route.socketPath)}`]),
    ...(address === null
      ? []
      : [`--connect-to ${quoteShellWord(`${url.hostname}:${portOf(url)}:${bracketAddress(address)}:`)}`]),
    ...(proxy ? [`--proxy ${quoteShellWord(`${proxy.protocol}//${proxy.host}`)}`, "--noproxy ''"] : ["--noproxy '*'"]),
    ...(proxy?.username || proxy?.password ? ['--proxy-user "$PROXY_USER"'] : []),
    ...(proxy && (address !== null || route.hostHeader !== null) ? ['--proxytunnel'] : []),
    ...(route.hostHeader === null ? [] : [`-H ${quoteShellWord(`Host: ${route.hostHeader}`)}`]),
  ];
}

function bracketAddress(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
