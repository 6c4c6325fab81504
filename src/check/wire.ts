import type { Delivery, Header } from '../core/delivery.js';
import type { CaseWire } from './case.js';

/** A finished delivery with something other than its provider's on the wire. `proofs` are the names of the headers that carry a signature. */
export function onTheWire(wire: CaseWire | undefined, delivery: Delivery, proofs: readonly string[]): Delivery {
  const change = (to: (header: Header) => Header): Delivery => ({ ...delivery, headers: delivery.headers.map(to) });
  const ofContentType = (to: (value: string) => string) =>
    change(([name, value]) => [name, name.toLowerCase() === 'content-type' ? to(value) : value]);
  const ofSignature = (to: (value: string) => string) =>
    change(([name, value]) => [name, proofs.includes(name) ? to(value) : value]);
  switch (wire?.is) {
    case undefined:
      return delivery;
    case 'method':
      return { ...delivery, method: wire.method };
    case 'lower-case names':
      return change(([name, value]) => [name.toLowerCase(), value]);
    case 'content type':
      return ofContentType(() => wire.value);
    case 'charset':
      return ofContentType((value) => (tellsCharset(value) ? value : `${value}; charset=utf-8`));
    case 'respelled signature':
      return ofSignature(respelled);
    case 'suffixed signature':
      return ofSignature((value) => `${value} x`);
  }
}

/** Whether a Content-Type has a charset. */
export function tellsCharset(contentType: string): boolean {
  return /;\s*charset\s*=/i.test(contentType);
}

/** The same bytes in other characters: hex in its other case, base64 without its padding. */
function respelled(value: string): string {
  return value.replace(/[0-9a-f]{32,}$|[0-9A-F]{32,}$|=+$/, (end) => {
    if (end.startsWith('=')) return '';
    return end === end.toUpperCase() ? end.toLowerCase() : end.toUpperCase();
  });
}
