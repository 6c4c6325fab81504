import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { platform } from '../../../launch/system.js';
import type { Io } from '../../io/io.js';

/** The result of an attempt to open the browser. */
export interface OpenedBrowser {
  readonly isOpen: boolean;
  /** Removes the file that was written for it. */
  close(): void;
}

/** The commands that open a file in the browser, by system; no shell reads any of them. */
const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address in the user's browser, through a file that only the user can read: others on the machine see the arguments of programs,
 * and the address holds a token.
 */
export async function openBrowser(url: string, env: Io['env']): Promise<OpenedBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-'));
  const file = join(folder, 'open.html');
  const address = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  writeFileSync(
    file,
    `<!doctype html><meta http-equiv="refresh" content="0; url=${address}"><title>webhook-sim</title>\n`,
    {
      mode: 0o600,
    },
  );
  const close = () => rmSync(folder, { recursive: true, force: true });
  const [program, ...before] = openers[platform] ?? ['xdg-open'];
  const shown = platform === 'win32' ? pathToFileURL(file).href : file;
  const isOpen = await new Promise<boolean>((resolve) => {
    const child = spawn(program!, [...before, shown], { detached: true, stdio: 'ignore', env: { ...env } });
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
    child.unref();
  });
  return { isOpen, close };
}
