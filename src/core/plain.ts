/** A value of JSON, as a file or a constant holds it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** A type with all its members read-only, at any depth; functions and any value of JSON stay as they are. */
export type Frozen<T> = [Plain] extends [T]
  ? T
  : T extends (...given: never[]) => unknown
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Frozen<T[K]> }
      : T;

/** True where two types are the same to the letter: a schema and a type that drift apart then fail to compile. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
