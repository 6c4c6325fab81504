import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Dialect } from '../core/provider.js';
import { assertRegularFile } from '../core/regularFile.js';
import { parseBody } from '../json/dialect.js';
import { formOf } from '../json/form.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { parsePath, setPath } from '../json/path.js';
import type { Json, JsonObject } from '../json/value.js';
import { sampleEndings } from './sampleName.js';

const use = '$use';

/** The file of a sample in a folder of samples, whatever its ending; the usual one where there is none. `stem` is its path without the ending. */
export function findSampleFile(folder: string, stem: string): string {
  return `${stem}${endingsOf(folder, stem)[0] ?? sampleEndings[0]}`;
}

/** Throws a UsageError where two files are of one sample. */
export function assertOneSampleFile(folder: string, stem: string): void {
  const [ending, other] = endingsOf(folder, stem);
  if (other === undefined) return;
  throw new UsageError(
    'BAD_PAYLOAD',
    `${stem}${ending} and ${stem}${other} are samples of the same event. Remove one of them, or name one as a variant: ${stem}--<variant>${other}.`,
  );
}

function endingsOf(folder: string, stem: string): string[] {
  return sampleEndings.filter((ending) => existsSync(join(folder, `${stem}${ending}`)));
}

/**
 * Reads a sample from a folder of samples: `.json` is a value, `.form` the fields of a form, and anything else a text; of a provider that sends text
 * it is one in any file. JSON is read with the resources that it uses: `{ "$use": "customer", "set": { "name": "Ayu" } }` stands for
 * `resources/customer.json` next to the folder, with other values at some paths. Throws errors of the file system, or a UsageError for a wrong
 * resource.
 */
export function readSampleFile(folder: string, file: string, dialect: Dialect = 'js'): Json {
  const path = join(folder, file);
  if (dialect === 'text') return readText(path);
  if (file.endsWith('.form')) return readFormFile(path, dialect);
  if (!file.endsWith('.json')) {
    throw new UsageError(
      'BAD_PAYLOAD',
      `is a text, and its provider sends ${formOf(dialect) ? 'forms' : 'JSON'}. Write dialect: text into the description, or the sample as .json.`,
    );
  }
  return expand(readJsonFile(join(folder, file)), join(dirname(folder), 'resources'), []);
}

function readJsonFile(path: string): Json {
  return parseJson(readText(path, { ignoreBOM: false }));
}

/** Reads the fields of a form, possibly one on each line. */
function readFormFile(path: string, dialect: Dialect): Json {
  const form = formOf(dialect);
  if (form) return parseBody(Buffer.from(readText(path).replace(/\r?\n/g, '')), { ...form, kind: 'form' });
  throw new UsageError(
    'BAD_PAYLOAD',
    'is a form, and its provider sends JSON. Write dialect: form into the description, or the sample as .json.',
  );
}

function readText(path: string, { ignoreBOM = true } = {}): string {
  assertRegularFile(path);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM }).decode(readFileSync(path));
}

function expand(value: Json, resources: string, using: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => expand(item, resources, using));
  if (!(value instanceof Map)) return value;
  if (value.has(use)) return useResource(value, resources, using);
  for (const [key, member] of value) value.set(key, expand(member, resources, using));
  return value;
}

function useResource(given: JsonObject, resources: string, using: readonly string[]): Json {
  const name = given.get(use)!;
  if (typeof name !== 'string' || !/^[\w-][\w.-]*$/.test(name)) {
    throw badResource(`${use} must be the name of a file in resources, without its ending.`);
  }
  for (const key of given.keys()) {
    if (key !== use && key !== 'set') throw badResource(`${use} ${name}: ${key}: unknown key. Known: ${use}, set.`);
  }
  if (using.includes(name)) throw badResource(`resources use themselves: ${[...using, name].join(', ')}.`);
  const resource = expand(readResource(name, resources), resources, [...using, name]);
  const set = given.get('set') ?? new Map<string, Json>();
  if (!(set instanceof Map)) throw badResource(`${use} ${name}: set must be an object with a value for each path.`);
  for (const [path, value] of set) setPath(resource, parsePath(path), expand(value, resources, using));
  return resource;
}

function readResource(name: string, resources: string): Json {
  const file = `${name}.json`;
  try {
    return readJsonFile(join(resources, file));
  } catch (cause) {
    if (cause instanceof JsonSyntaxError) {
      throw badResource(`resources/${file}:${cause.line}:${cause.column}: is not JSON: ${cause.message}.`, cause);
    }
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      throw badResource(`resources/${file} can't be read.`, cause);
    const known = existsSync(resources) ? readdirSync(resources).map((each) => each.replace(/\.json$/, '')) : [];
    throw badResource(`there is no resources/${file}. ${suggest(name, known)}`, cause);
  }
}

function badResource(message: string, cause?: unknown): UsageError {
  return new UsageError('BAD_PAYLOAD', message, { cause });
}
