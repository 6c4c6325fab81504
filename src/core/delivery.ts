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
  /** Names of the query parameters of the target's address whose values are secret; outputs show a mark in their place. */
  secretParameters: readonly string[];
}>;

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** The address by which the provider knows the receiver. */
  readonly url: string;
  /** As received, in order and letter case. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** The name of the handshake that it was recognised as, which a function may sign in place of an event. */
  readonly handshake?: string;
}

/** Headers of Node's flat list of names and values. */
export function pairHeaders(raw: readonly string[]): Header[] {
  return raw.flatMap((name, at): Header[] => (at % 2 === 0 ? [[name, raw[at + 1]!]] : []));
}

/** The value of the first header of a name, in whatever letter case. */
export function findHeader(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([candidate]) => candidate.toLowerCase() === wanted)?.[1];
}

/** The values of a header, joined as HTTP does; undefined where it is missing. */
export function joinHeader(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  const values = headers.filter(([candidate]) => candidate.toLowerCase() === wanted).map(([, value]) => value);
  return values.length > 0 ? values.join(', ') : undefined;
}

/** The header by which HTTP marks the end of a body of so many bytes; none for an empty body where none is expected (RFC 9110, 8.6). */
export function framingHeaders({ method, framing }: Pick<Delivery, 'method' | 'framing'>, bytes: number): Header[] {
  if (framing === 'chunked') return [['transfer-encoding', 'chunked']];
  return bytes === 0 && /^(GET|HEAD)$/.test(method) ? [] : [['content-length', String(bytes)]];
}
