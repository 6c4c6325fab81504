import { formatDuration } from '../../../core/duration.js';
import { printable } from '../../../core/printable.js';
import type { ShownConfig } from './configDocument.js';

type Row = [what: string, value: string, source: string];

/** The settings in force for a person: what, which value, from where. */
export function configText({ file, envFiles, target, targets, report, providers, broken }: ShownConfig): string {
  const rows: Row[] = [
    ['config', file ?? 'none', ''],
    ['env files', envFiles.length > 0 ? envFiles.join(', ') : 'none', ''],
    ['target', target.value ?? 'none: name one with --to', target.source],
    ...Object.entries(targets).flatMap(([name, { url, ...options }]): Row[] => [
      [`target ${name}`, url, ''],
      ...Object.entries(options).flatMap(([key, value]) => optionRows(key, value)),
    ]),
    ...Object.entries(report).map(([name, { value, source }]): Row => [name, String(value), source]),
    ...providers.flatMap(({ name, secrets, timeLimit, timeLimitMs }): Row[] => [
      [`${name} secret`, secretWords(secrets), secretSource(secrets)],
      [`${name} time limit`, formatDuration(timeLimitMs), timeLimit.source],
    ]),
    ...broken.map(({ name, problem }): Row => [name, "can't be used", problem.replaceAll('\n', ' ')]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([what, value, source]) => {
      const line = `${what.padEnd(widths[0]!)}  ${value.padEnd(widths[1]!)}  ${source}`;
      return `${printable(line).trimEnd()}\n`;
    })
    .join('');
}

/** An option of a target, indented under it; one that holds others has a row for each. */
function optionRows(key: string, value: unknown): Row[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[`  ${key}`, words(value), '']];
  return Object.entries(value).map(([name, part]): Row => [`  ${key} ${name}`, words(part), '']);
}

function words(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

type Secrets = ShownConfig['providers'][number]['secrets'];

function secretWords({ fingerprints, isSample }: Secrets): string {
  if (isSample) return 'the sample secret';
  return fingerprints === null ? 'unreadable' : `fingerprint ${fingerprints.join(', ')}`;
}

function secretSource({ problem, layer, source, references }: Secrets): string {
  if (problem !== null) return problem;
  return layer === 'config' ? `${source} (${references.join(', ')})` : source;
}
