import { badValue } from './errors.js';

/** Says whether a status is one of a rule's. */
export type StatusRule = (status: number) => boolean;

/** Reads a rule such as `2xx`, `401` or `200,204`; `what` names it in the error. */
export function parseStatusRule(text: string, what: string): StatusRule {
  const parts = text.split(',').map((part) => part.trim().toLowerCase());
  for (const part of parts) {
    if (!/^[1-5](xx|\d\d)$/.test(part)) {
      throw badValue('BAD_STATUS_RULE', what, {
        value: text,
        reason: `"${text}" is not a status.`,
        hint: 'Write a class (2xx), a status (401), or several with commas (200,204).',
      });
    }
  }
  return (status) =>
    parts.some((part) =>
      part.endsWith('xx') ? Math.floor(status / 100) === Number(part[0]) : status === Number(part),
    );
}

/** Returns the plainest status that a rule accepts: 200 where possible, else another success, else its first status. */
export function plainestStatus(text: string): number {
  const isRight = parseStatusRule(text, 'status');
  const inRange = (start: number, length: number) => Array.from({ length }, (_, i) => start + i).find(isRight);
  return [200, 204].find(isRight) ?? inRange(200, 100) ?? inRange(100, 500)!;
}
