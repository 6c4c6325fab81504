import { printable } from '../../../core/printable.js';
import type { ExportSet } from '../../../export/exported.js';
import { asLine } from '../../../report/shared/jsonLines.js';
import type { LeftOut } from '../../../session/export/gather.js';
import type { ReadyExport } from '../../../session/export/prepareExport.js';
import type { OutputFile } from './output.js';

/** What is said of an export. */
export type ExportStatus = Pick<ReadyExport, 'set' | 'format' | 'leftOut' | 'holdsSecrets' | 'warnings'>;

/** The talk on stderr. */
export function talk({ set, leftOut, holdsSecrets, warnings }: ExportStatus): string {
  const forged = forgedOf(set);
  const honest = set.deliveries.length - forged;
  const what = forged > 0 ? `${counted(honest)} and ${forged} forged` : counted(honest);
  return [
    ...warnings,
    ...leftOutLines(leftOut),
    `${what} of ${set.provider.title}, signed with ${secretOf(set)}. Nothing was sent.`,
    ...(holdsSecrets ? ['They hold secrets: keep them to yourself.'] : []),
    '',
  ].join('\n');
}

function secretOf({ secret, provider }: ExportSet): string {
  const variable = provider.secret.env[0];
  return secret.source === 'sample'
    ? `the sample secret "${provider.secret.sample}" (give yours with --secret${variable === undefined ? '' : ` or ${variable}`})`
    : `the secret of ${secret.source} (fingerprint ${secret.fingerprint})`;
}

/** A line for each reason, with the forgeries that it is for, and the events of those that others have. */
function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const reasons = new Map<string, Map<string, string[]>>();
  for (const { forge, event, reason } of leftOut) {
    const forges = reasons.get(reason) ?? new Map<string, string[]>();
    forges.set(forge, [...(forges.get(forge) ?? []), ...(event === null ? [] : [printable(event)])]);
    reasons.set(reason, forges);
  }
  return [...reasons].map(([reason, forges]) => {
    const names = [...forges].map(([forge, events]) =>
      events.length > 0 ? `${forge} of ${events.join(', ')}` : forge,
    );
    return `Left out ${names.join(', ')}: ${printable(reason)}.`;
  });
}

/** The JSON document of `--json`. */
export function summary({ set, format, leftOut, holdsSecrets }: ExportStatus, files: readonly OutputFile[]): string {
  const line = asLine({
    ...{ schemaVersion: 1, type: 'export', provider: set.provider.name, format },
    deliveries: set.deliveries.length,
    forgeries: forgedOf(set),
    holdsSecrets,
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length })),
    leftOut,
  });
  return `${line}\n`;
}

function forgedOf({ deliveries }: ExportSet): number {
  return deliveries.filter(({ delivery }) => delivery.forge !== null).length;
}

function counted(count: number): string {
  return count === 1 ? '1 delivery' : `${count} deliveries`;
}
