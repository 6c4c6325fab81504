/** One header, its name in the letter case of the wire. */
export type Header = readonly [name: string, value: string];

/** One finished request, complete before any socket exists. */
export type Delivery = Readonly<{
  id: string;
  provider: string;
  event: string;
  variant: string | null;
  /** The name of the forgery that it is; null for an honest delivery. */
  forge: string | null;
  method: string;
  url: string;
  /** In wire order and exact letter case. */
  headers: readonly Header[];
  body: Uint8Array;
  framing: 'length' | 'chunked';
  /** Lower-case names of the headers that carry a secret; outputs show a fingerprint of their values. */
  secretHeaders: readonly string[];
}>;
