import { formatDuration } from '../core/duration.js';
import type { DeliveryEnded } from '../core/run.js';

/** The result of a case, in a few words. */
export function describeOutcome(ended: readonly DeliveryEnded[]): string {
  const [first] = ended;
  if (!first) return '';
  if (ended.length === 1) return `${word(first)} in ${formatDuration(totalMs(first))}`;
  const words = ended.map(word);
  if (words.length === 2) return words.join(', then ');
  const counts = [...new Set(words)].map((each) => `${words.filter((other) => other === each).length} x ${each}`);
  return `${counts.join(', ')} in ${formatDuration(Math.max(...ended.map(totalMs)))}`;
}

function word({ attempts }: DeliveryEnded): string {
  const { status, error } = attempts.at(-1)!;
  if (error) return error.kind === 'timed_out' ? 'nothing' : 'no answer';
  return String(status);
}

function totalMs({ attempts }: DeliveryEnded): number {
  return attempts.at(-1)!.timing.totalMs;
}
