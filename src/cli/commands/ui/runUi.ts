import { readOptions } from '../../../options/readOptions.js';
import { uiOptions } from '../../../options/ui.js';
import { asLine } from '../../../report/shared/jsonLines.js';
import { openUiServer } from '../../../web/openUiServer.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { type OpenedBrowser, openBrowser } from './openBrowser.js';

const defaultPort = 4401;

/** Runs `ui` until a signal comes; resolves with the exit code. */
export async function runUi(flags: RawFlags, io: Io): Promise<number> {
  const options = readOptions(uiOptions, flags, flagName);
  const { interrupted } = io;
  const server = await openUiServer(
    { port: options.port ?? defaultPort, portOption: options.nameOf('port'), config: options.config },
    io,
  );
  let browser: OpenedBrowser | null = null;
  try {
    io.stdout.write(options.json ? `${asLine(uiDocument(server.url))}\n` : `${server.url}\n`);
    if (!options.quiet) io.stderr.write('Open this address in a browser; Ctrl-C ends it.\n');
    if (options.open) {
      browser = await openBrowser(server.url, io.env);
      if (!browser.isOpen) io.stderr.write('No browser could be opened. Open the address yourself.\n');
    }
    await aborted(interrupted);
  } finally {
    browser?.close();
    await server.close();
  }
  return interrupted.reason === 'SIGTERM' ? exitCodes.sigterm : exitCodes.ok;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Builds the document of `ui --json`. */
export function uiDocument(url: string) {
  return { schemaVersion: 1, type: 'ui', url } as const;
}
