import { UsageError } from '../core/errors.js';

/** Reads a whole number within bounds; `flag` names it in the UsageError for another text. */
export function wholeNumber(text: string, flag: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError('BAD_NUMBER', `${flag}: "${text}" is not a whole number from ${min} to ${max}.`);
  }
  return value;
}
