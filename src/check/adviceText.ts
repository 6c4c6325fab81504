import type { Provider } from '../core/provider.js';
import type { Language } from './rules/likelyLanguage.js';

/** The facts on which advice depends. */
export interface AdviceFacts {
  readonly provider: Provider;
  /** The receiver's probable language; null where its answers do not show one. */
  readonly language: Language | null;
}

/** A text of ours, or a function that makes it of the facts. {header} and {scheme} in it are the provider's. */
export type AdviceText = string | ((facts: AdviceFacts) => string);

/** Notes for one language, or for some. */
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

/** Returns the note for the receiver's language; an empty text where there is none, or the language is unknown. */
export function languageNote(notes: LanguageNotes): (facts: AdviceFacts) => string {
  return ({ language }) => (language === null ? '' : (notes[language] ?? ''));
}
