/** A complaint of a schema about a value, with its place. */
export interface SchemaComplaint {
  /** A JSON Pointer. */
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
  /** The property, value or bound that the keyword is about. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Collects the complaints about a value; without one, a check stops at the first. */
export interface ComplaintList {
  readonly pointer: string;
  readonly complaints: SchemaComplaint[];
}

/** Returns whether a value satisfies a schema, and adds complaints to a list, if given. */
export type SchemaCheck = (value: unknown, list: ComplaintList | null) => boolean;

/** Writes a complaint down, where that is wanted. Returns false. */
export function schemaComplaint(
  list: ComplaintList | null,
  keyword: string,
  message: string,
  params: SchemaComplaint['params'],
): false {
  if (list !== null) list.complaints.push({ pointer: list.pointer, keyword, message, params });
  return false;
}

/** The list of a member of the value. */
export function listWithin(list: ComplaintList | null, step: string | number): ComplaintList | null {
  if (list === null) return null;
  const name = String(step).replaceAll('~', '~0').replaceAll('/', '~1');
  return { pointer: `${list.pointer}/${name}`, complaints: list.complaints };
}
