import type { Provider } from '../core/provider.js';
import type { Language } from './rules/likelyLanguage.js';

/** What advice hangs on. */
export interface AdviceFacts {
  readonly provider: Provider;
  /** What the receiver is probably written in; null where its answers do not tell. */
  readonly language: Language | null;
}

/** A text of ours, or what makes it of the facts. {header} and {scheme} in it are the provider's. */
export type AdviceText = string | ((facts: AdviceFacts) => string);

/** What is written in one language only, or in some. */
export type LanguageNotes = Partial<Record<Language, string>>;

/** The text for these facts. */
export function writeAdvice<F extends AdviceFacts>(text: string | ((facts: F) => string), facts: F): string {
  return typeof text === 'string' ? text : text(facts);
}

/** Texts one after the other, without those that are empty. */
export function joinAdvice(...texts: AdviceText[]): (facts: AdviceFacts) => string {
  return (facts) =>
    texts
      .map((text) => writeAdvice(text, facts))
      .filter((text) => text !== '')
      .join(' ');
}

/** The note for the receiver's language; nothing where that has none, or is not known. */
export function inLanguage(notes: LanguageNotes): (facts: AdviceFacts) => string {
  return ({ language }) => (language === null ? '' : (notes[language] ?? ''));
}
