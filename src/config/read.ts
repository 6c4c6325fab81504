import { type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { assertRegularFile } from '../core/regularFile.js';
import { type PlacedDocument, unreadable } from '../documents/document.js';

/** Reads a config file of any kind; `shown` is its path for people. Throws a UsageError. */
export function readConfig(path: string, shown: string): Promise<PlacedDocument> {
  return readDocument(path, shown, 'config. Write one with: webhook-sim init');
}

/** Reads a file of any kind that a config can be; `missing` names the expected file in an error. Throws a UsageError. */
export async function readDocument(path: string, shown: string, missing: string): Promise<PlacedDocument> {
  const ending = extname(path);
  const text = await readText(path, shown, missing);
  if (ending === '.json') return (await import('../documents/readJsonDocument.js')).readJsonDocument(text, shown);
  if (ending === '.yaml' || ending === '.yml') return (await import('../documents/readYaml.js')).readYaml(text, shown);
  if (/^\.[cm]?[jt]s$/.test(ending)) return (await import('./readScript.js')).readScript(path, shown);
  throw unreadable(shown, 'is not one of .ts, .mts, .js, .mjs, .json, .yaml and .yml.');
}

async function readText(path: string, shown: string, missing: string): Promise<string> {
  const bytes = await readRegular(path).catch((cause: NodeJS.ErrnoException) => {
    const reason =
      cause.code === 'ENOENT'
        ? `there is no such ${missing}`
        : cause.code === 'EISDIR'
          ? `is a folder, not a ${missing.split('.')[0]}.`
          : `can't be read (${cause.code}).`;
    throw unreadable(shown, reason, cause);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(shown, 'is not UTF-8.', cause);
  }
}

async function readRegular(path: string): Promise<Uint8Array> {
  assertRegularFile(path);
  return readFile(path);
}

/**
 * Returns the file or folder at a path, following links; undefined where there is none, also below a file, in a loop of links or without permission.
 */
export function statIfAny(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
