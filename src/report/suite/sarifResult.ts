import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { excerpt, printable } from '../../core/printable.js';
import type { ResultEnded } from '../../core/suite.js';
import type { SarifFinding } from './sarifFindings.js';

interface Whereabouts {
  /** Of the suite; null where it has none. */
  readonly file: string | null;
  readonly ruleIndex: number;
}

/** Characters of a message that are reported. */
const messageLimit = 2000;

/** A finding as a result of SARIF, at the place of its case. */
export function sarifResult(finding: SarifFinding, result: ResultEnded, { file, ruleIndex }: Whereabouts): object {
  const { suite, name, provider, event, place, check, deliveries } = result;
  const { rule, level, message, cases } = finding;
  const url = check?.summary.url ?? deliveries.at(-1)?.delivery.url ?? null;
  const region = place ? { startLine: place.line, startColumn: place.column } : { startLine: 1 };
  return {
    ruleId: rule.id,
    ruleIndex,
    level,
    message: { text: withoutLinks(excerpt(message, messageLimit)) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(file ?? suite), region },
        logicalLocations: [{ name: printable(name), fullyQualifiedName: printable(`${suite}: ${name}`) }],
      },
    ],
    partialFingerprints: fingerprints([rule.id, suite, name, provider ?? '', event ?? '']),
    properties: {
      ...{ suite: printable(suite), case: printable(name), provider, event },
      ...{ url: url === null ? null : printable(url), grade: check?.summary.grade ?? null, cases },
    },
  };
}

/** Code scanning takes a location without a file for a mistake, so a suite without one is named as if it were its own. */
function artifact(file: string): { uri: string; uriBaseId?: string } {
  if (/^(?:\/|[A-Za-z]:[\\/])/.test(file)) return { uri: pathToFileURL(file).href };
  const parts = file.toWellFormed().split(/[\\/]/).map(encodeURIComponent);
  return { uri: parts.join('/'), uriBaseId: '%SRCROOT%' };
}

/** The same for the same finding in every run, wherever its case has moved to; GitHub goes by the first name only. */
function fingerprints(parts: readonly string[]): Record<string, string> {
  const hash = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
  return { primaryLocationLineHash: `${hash}:1`, 'webhookSim/v1': hash };
}

/** In a message `[text](target)` would be a link, and a receiver may be quoted in it. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
