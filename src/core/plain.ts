/** A value of JSON, as a file or a constant holds it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
