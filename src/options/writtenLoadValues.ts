import { encodeJson } from '../json/encodeJson.js';
import { formatPath } from '../json/path.js';
import { type Edit, parseSet, parseUnset } from '../payloads/edit.js';
import { type LoadValues, loadOptions } from './load.js';

/** The options of a load as plain data, which another thread can be given. */
export type WrittenLoadValues = Omit<LoadValues, 'set' | 'unset' | 'expect' | 'nameOf'> & {
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  /** The statuses that are expected. */
  readonly expect?: readonly number[];
  /** The name of each option. */
  readonly names: Readonly<Record<string, string>>;
};

/** Writes the options of a load as plain data. */
export function writeLoadValues({ set, unset, expect, nameOf, ...plain }: LoadValues): WrittenLoadValues {
  const statuses = Array.from({ length: 1000 }, (_, status) => status);
  return {
    ...plain,
    ...(set && { set: set.map(editText) }),
    ...(unset && { unset: unset.map(editText) }),
    ...(expect && { expect: statuses.filter(expect) }),
    names: Object.fromEntries(Object.keys(loadOptions).map((key) => [key, nameOf(key)])),
  };
}

/** Reads what `writeLoadValues` wrote. */
export function readLoadValues({ set, unset, expect, names, ...plain }: WrittenLoadValues): LoadValues {
  const nameOf = (key: string) => names[key] ?? key;
  const statuses = new Set(expect);
  return {
    ...plain,
    ...(set && { set: set.map((text) => parseSet(text, nameOf('set'))) }),
    ...(unset && { unset: unset.map(parseUnset) }),
    ...(expect && { expect: (status: number) => statuses.has(status) }),
    nameOf,
  };
}

function editText(edit: Edit): string {
  const path = formatPath(edit.path);
  if (edit.type === 'unset') return path;
  return edit.type === 'set' ? `${path}=${edit.text}` : `${path}:=${encodeJson(edit.value, 'js')}`;
}
