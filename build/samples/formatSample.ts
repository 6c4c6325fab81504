import type { Plain } from '../../src/core/plain.js';

const maxWidth = 120;

/** Formats a sample for its file: short values are on one line. */
export function formatSample(value: Plain): string {
  return `${format(value, '', 0)}\n`;
}

function format(value: Plain, indent: string, before: number): string {
  const line = inline(value);
  if (indent.length + before + line.length < maxWidth && (indent !== '' || typeof value !== 'object')) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + format(item, inner, 0)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return line;
  const members = Object.entries(value).map(([key, member]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${inner}${name}${format(member as Plain, inner, name.length + 1)}`;
  });
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function inline(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inline(member as Plain)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
