import type { PerSecretTemplate } from '../core/scheme.js';

/** A part of a text, and the name of its value; null for one to leave out. */
export interface NamedSpan {
  readonly start: number;
  readonly end: number;
  readonly name: string | null;
}

/** A text as a template, and what it would be without the parts that are left out. */
export interface Layout {
  readonly template: string | PerSecretTemplate;
  readonly text: string;
}

/** Escapes a text for a template. */
export function escaped(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}

/** Returns the template of a text with names in place of some parts; `repeated` is the signature that each secret makes. */
export function layOut(whole: string, spans: readonly NamedSpan[], repeated: string | null): Layout {
  const sorted = [...spans]
    .sort((a, b) => a.start - b.start)
    .filter(({ start }, at, all) => at === 0 || start >= all[at - 1]!.end);
  const cut = withoutUnnamed(whole, sorted);
  const own = repeated === null ? [] : cut.spans.filter(({ name }) => name === repeated);
  const perSecret = own.length > 0 && repeated !== null ? repeatedLayout(cut.text, cut.spans, own, repeated) : null;
  return { template: perSecret ?? templateOf(cut.text, cut.spans, 0, cut.text.length), text: cut.text };
}

/** The text without the items of its list that hold an unnamed part, and where the named parts are then. */
function withoutUnnamed(whole: string, spans: readonly NamedSpan[]): { text: string; spans: NamedSpan[] } {
  const holes = spans
    .filter(({ name }) => name === null)
    .map(({ start, end }) => itemAround(whole, start, end, spans))
    .filter((hole, at, all) => all.findIndex((other) => other.start === hole.start) === at);
  let text = '';
  let from = 0;
  const removed = (at: number) => holes.reduce((sum, hole) => sum + (hole.end <= at ? hole.end - hole.start : 0), 0);
  for (const { start, end } of holes) {
    text += whole.slice(from, start);
    from = end;
  }
  text += whole.slice(from);
  const kept = spans.filter(({ name }) => name !== null);
  return {
    text,
    spans: kept.map((span) => ({
      ...span,
      start: span.start - removed(span.start),
      end: span.end - removed(span.end),
    })),
  };
}

/** The item of a list that holds a part, with the sign that divides it from its neighbour. */
function itemAround(
  whole: string,
  start: number,
  end: number,
  spans: readonly NamedSpan[],
): { start: number; end: number } {
  const before = Math.max(0, ...spans.filter((span) => span.end <= start).map((span) => span.end));
  const after = Math.min(whole.length, ...spans.filter((span) => span.start >= end).map((span) => span.start));
  const divides = /[,;\s|&]\s*/g;
  const isComma = /\s/.test(whole.slice(before, start)) ? /\s+/g : divides;
  const lead = [...whole.slice(before, start).matchAll(isComma)].at(0);
  if (lead) {
    const next = [...whole.slice(end, after).matchAll(isComma)].at(0);
    return { start: before + lead.index, end: next ? end + next.index : end === whole.length ? end : after };
  }
  const next = [...whole.slice(end, after).matchAll(isComma)].at(0);
  return { start: before === 0 ? 0 : before, end: next ? end + next.index + next[0].length : end };
}

function repeatedLayout(
  text: string,
  spans: readonly NamedSpan[],
  own: readonly NamedSpan[],
  name: string,
): PerSecretTemplate | null {
  const [first, second] = own;
  const between = second ? text.slice(first!.end, second.start) : null;
  const separator =
    between === null ? (/[,;\s|&]\s*/.exec(text.slice(0, first!.start))?.[0] ?? ' ') : /^[,;\s|&]+/.exec(between)?.[0];
  if (!separator || own.at(-1)!.end !== text.length) return null;
  const prefix = between === null ? prefixOf(text.slice(0, first!.start)) : between.slice(separator.length);
  if (!text.slice(0, first!.start).endsWith(prefix)) return null;
  const head = templateOf(text, spans, 0, first!.start - prefix.length);
  if (head.endsWith('}') && !head.endsWith('}}')) return null;
  return { ...(head && { head }), each: `${escaped(prefix)}{${name}}`, join: separator };
}

function prefixOf(before: string): string {
  if (!/[,=:]/.test(before.slice(-1))) return '';
  let start = before.length - 1;
  while (start > 0 && !/[,;\s|&]/.test(before[start - 1]!)) start--;
  return before.slice(start);
}

function templateOf(text: string, spans: readonly NamedSpan[], from: number, to: number): string {
  let template = '';
  let at = from;
  for (const { start, end, name } of spans.filter((span) => span.start >= from && span.end <= to)) {
    template += `${escaped(text.slice(at, start))}{${name}}`;
    at = end;
  }
  return template + escaped(text.slice(at, to));
}
