import { givenNames } from '../signing/templates.js';

/** Gives names to values and signatures, each once and none that templates have already. */
export class Names {
  private readonly used = new Set<string>(givenNames);

  take(wanted: string): string {
    const base = /^[A-Za-z]\w*$/.test(wanted) ? wanted : 'value';
    for (let count = 1; ; count++) {
      const name = count === 1 ? base : `${base}${count}`;
      if (this.used.has(name)) continue;
      this.used.add(name);
      return name;
    }
  }
}

/** A name for what a header or field tells: `X-Shopify-Triggered-At` becomes `triggeredAt`, `X-GitHub-Delivery` `delivery`. */
export function nameFor(place: string): string {
  const words = place
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => /^[A-Za-z]/.test(word) && !/^x$/i.test(word))
    .map((word) => word.toLowerCase());
  const last = words.at(-1) ?? 'value';
  const isVague = ['id', 'at', 'uuid', 'guid', 'key', 'token', 'type', 'time', 'name'].includes(last);
  const [first, ...rest] = words.slice(isVague ? -2 : -1);
  return [first ?? 'value', ...rest.map((word) => word[0]!.toUpperCase() + word.slice(1))].join('');
}
