import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { decodeUtf16 } from '../core/decodeUtf16.js';
import { UsageError } from '../core/errors.js';
import { assertRegularFile } from '../core/regularFile.js';
import { readJsonDocument } from '../documents/readJsonDocument.js';
import { readYaml } from '../documents/readYaml.js';

/** A part of a specification that is not used, where it is and why. */
export interface SpecificationProblem {
  /** `openapi.yaml#/webhooks/order.paid` */
  readonly place: string;
  readonly message: string;
}

/** A document of a specification, parsed. */
export interface SpecificationDocument {
  /** Its absolute path; that of the folder it was read from for standard input. */
  readonly path: string;
  /** As people see it. */
  readonly shown: string;
  readonly data: unknown;
}

const mebibyte = 1024 * 1024;
const maxFiles = 2000;
const leadsOut = 'leads out of the folder of the specification, and is not read.';

/** Reads the files of a specification, and only those below the folder that it may use. */
export class SpecificationFiles {
  readonly #read = new Map<string, SpecificationDocument | string>();
  #bytes = 0;

  /** `root` is the folder beyond which no reference leads; `maxBytes` are those of one file, and of all together. */
  constructor(
    readonly root: string,
    readonly cwd: string,
    readonly maxBytes = 64 * mebibyte,
  ) {}

  /** The absolute paths of all that was read. */
  get paths(): string[] {
    return [...this.#read.keys()];
  }

  /** Adds a document that was read already, as from standard input. Throws a UsageError for anything but JSON and YAML. */
  parse(bytes: Uint8Array, path: string, shown: string): SpecificationDocument {
    const document = { path, shown, data: parseDocument(bytes, shown, this.maxBytes) };
    this.#read.set(path, document);
    return document;
  }

  /** The document of a path; the reason, where it can't be read. */
  open(path: string): SpecificationDocument | string {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const read = this.#load(path);
    this.#read.set(path, read);
    return read;
  }

  /** The document that a reference of another one names. */
  openBeside(from: SpecificationDocument, reference: string): SpecificationDocument | string {
    if (/^file:/i.test(reference)) return `${reference} is a file URL. Refer to the file by its path from this one.`;
    if (/^[a-z][a-z0-9+.-]+:/i.test(reference) || reference.startsWith('//')) {
      return `${reference} is on the network, and nothing is fetched. Save it next to the specification, and refer to the file.`;
    }
    let name: string;
    try {
      name = decodeURIComponent(reference);
    } catch {
      return `${reference} is no path.`;
    }
    const path = resolve(dirname(from.path), name);
    return this.#isBelowRoot(path) ? this.open(path) : `${reference} ${leadsOut}`;
  }

  /** Returns whether a path is in the folder, also after links are followed. */
  #isBelowRoot(path: string): boolean {
    if (!isBelow(path, this.root)) return false;
    try {
      return isBelow(realpathSync(path), realpathSync(this.root));
    } catch {
      // A missing file is reported when it is opened.
      return true;
    }
  }

  #bytesOf(path: string): Uint8Array {
    assertRegularFile(path);
    this.#bytes += statSync(path).size;
    if (this.#bytes > this.maxBytes)
      throw new Error(`its files are larger than ${this.maxBytes / mebibyte} MiB together`);
    return readFileSync(path);
  }

  #load(path: string): SpecificationDocument | string {
    const shown = relative(this.cwd, path).replaceAll('\\', '/') || path;
    if (!this.#isBelowRoot(path)) return `${shown} ${leadsOut}`;
    if (this.#read.size >= maxFiles) return `it refers to more than ${maxFiles} files.`;
    try {
      const bytes = this.#bytesOf(path);
      return { path, shown, data: parseDocument(bytes, shown, this.maxBytes) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return error instanceof UsageError
        ? error.message
        : `${shown} can't be read (${code ?? (error as Error).message}).`;
    }
  }
}

/** Returns whether a path is that of something in a folder, at any depth. */
function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && inside.split(sep)[0] !== '..' && !isAbsolute(inside);
}

function parseDocument(bytes: Uint8Array, shown: string, maxBytes: number): unknown {
  if (bytes.length > maxBytes)
    throw new UsageError('BAD_SPECIFICATION', `${shown}: it is larger than ${maxBytes / mebibyte} MiB.`);

  const text = decodeUtf16(bytes) ?? new TextDecoder().decode(bytes);
  if (!/^\s*[[{]/.test(text.slice(0, 1000))) return readYaml(text, shown).data;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The slower reader knows the place; what only looks like JSON may be YAML.
    return isLikelyYaml(text) ? readYaml(text, shown).data : readJsonDocument(text, shown).data;
  }
}

function isLikelyYaml(text: string): boolean {
  return /^\s*\{\s*[A-Za-z]/.test(text.slice(0, 1000));
}
