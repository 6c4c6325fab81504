import type { Provider } from '../core/provider.js';
import type { KeyStep, TextPart } from '../core/scheme.js';

/** Returns whether a step takes a part of a text. */
export function isTextPart(step: KeyStep): step is TextPart {
  return /^(?:before|after):/.test(step);
}

/** A part of a text; null where the text does not have the separator. */
export function takePart(text: string, part: TextPart): string | null {
  const [, side, separator = ''] = /^(before|after):(.*)$/s.exec(part)!;
  const at = text.indexOf(separator);
  if (at < 0) return null;
  return side === 'before' ? text.slice(0, at) : text.slice(at + separator.length);
}

/** The texts of which a provider's secret is made, where it is several. */
export function takeSecretParts({ signatures }: Pick<Provider, 'signatures'>, secret: string): string[] {
  const parts = Object.values(signatures).flatMap((options): readonly TextPart[] => {
    if (options.scheme === 'encoded') return options.part === undefined ? [] : [options.part];
    return 'key' in options ? (options.key ?? []).filter(isTextPart) : [];
  });
  return [...new Set(parts)].flatMap((part) => takePart(secret, part) ?? []);
}
