import { headerSources } from '../core/scheme.js';
import { contentSources } from '../core/schemeFacts.js';
import { lowerSignatures } from '../signing/messageSignature.js';
import type { EventGuess, FoundScheme } from './foundScheme.js';

const part = /^[A-Za-z][A-Za-z0-9_-]*$/;

/**
 * Returns the scheme with an event of two parts where a header has the first and the field `action` the second, as `pull_request` and `opened`;
 * unchanged where the body has the whole name, or a signature covers it.
 */
export function withSplitEvent(found: FoundScheme): FoundScheme {
  const { event, eventAt, eventGuesses, headers, signatures } = found;
  const first = eventGuesses.find((guess) => guess.in === 'header' && guess.event === event);
  const second = eventGuesses.find(({ at }) => at === 'action');
  if (event === null || eventAt !== null || !first || !second || !part.test(event) || !part.test(second.event)) {
    return found;
  }
  const isWhole = headers.some((header) => header[0] === first.at && headerSources(header).includes('{event}'));
  const isSigned = Object.values(lowerSignatures(signatures, headers).signatures).some((options) =>
    contentSources(options).some((source) => source.includes('{event}')),
  );
  if (!isWhole || isSigned) return found;
  const name = `${event}.${second.event}`;
  const places = [first, second].map((guess): EventGuess => ({ ...guess, event: name }));
  const others = eventGuesses.filter((guess) => guess !== second);
  return { ...found, event: name, eventGuesses: [...places, ...others], wire: { header: first.at, body: 'action' } };
}
