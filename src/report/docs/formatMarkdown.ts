import { Chalk } from 'chalk';
import { wrap } from '../../core/printable.js';

interface FormatOptions {
  readonly colour: boolean;
  /** Characters of a line. */
  readonly width: number;
}

/** Formats Markdown for a terminal: paragraphs are wrapped, code is indented, and the rows of a table are entries with their cells below. */
export function formatMarkdown(markdown: string, { colour, width }: FormatOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const inline = (text: string) =>
    text
      .replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => paint.bold(bold))
      .replace(/`([^`]+)`/g, (_, code: string) => paint.cyan(code))
      .replaceAll(noBreak, ' ');
  const paragraph: ParagraphLines = (text, first = '', rest = first) =>
    wrap(keepTogether(formatLinks(text.replace(/\s+/g, ' ').trim())), width - rest.length).map((line, at) =>
      inline((at === 0 ? first : rest) + line),
    );
  const linesOf = (block: string): string[] => {
    const [, level, title = ''] = /^(#+) (.*)$/.exec(block) ?? [];
    if (level) return [paint.bold(inline(level === '#' ? title.toUpperCase() : title))];
    if (block.startsWith('```')) return codeLines(block);
    if (block.startsWith('|')) return tableLines(block, paragraph);
    if (bullet.test(block)) return listLines(block, paragraph);
    return paragraph(block);
  };
  return `${splitBlocks(markdown)
    .map((block) => linesOf(block).join('\n'))
    .join('\n\n')}\n`;
}

/** The lines of a text, where the first may begin otherwise than the rest. */
type ParagraphLines = (text: string, first?: string, rest?: string) => string[];

const bullet = /^(?:- |\d+\. )/;

function codeLines(block: string): string[] {
  const lines = block.split('\n').slice(1, -1);
  return lines.map((line) => (line === '' ? '' : `    ${line}`));
}

function listLines(block: string, paragraph: ParagraphLines): string[] {
  return block
    .split(/\n(?=- |\d+\. )/)
    .flatMap((item) => paragraph(item.replace(bullet, ''), `  ${bullet.exec(item)![0]}`, '    '));
}

const noBreak = '\u00a0';

/** No line ends within code. */
function keepTogether(text: string): string {
  return text.replace(/`[^`]+`/g, (part) => part.replaceAll(' ', noBreak));
}

function formatLinks(text: string): string {
  return text.replace(/!?\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label: string, target: string) => formatLink(label, target));
}

/** Divides a text at empty lines, but for those inside of code. */
function splitBlocks(markdown: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let isCode = false;
  const end = () => {
    if (lines.length > 0) blocks.push(lines.join('\n'));
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    const isFence = line.trimStart().startsWith('```');
    if (isFence && !isCode) end();
    if (line.trim() === '' && !isCode) end();
    else lines.push(isFence ? line.trimStart() : line);
    if (isFence && isCode) end();
    if (isFence) isCode = !isCode;
  }
  end();
  return blocks;
}

/** Another page is the command that prints it. */
function formatLink(label: string, target: string): string {
  const page = /^(?:docs\/)?([\w-]+)\.md(?:#.*)?$/.exec(target)?.[1];
  if (page) return `${label} (webhook-sim docs ${page})`;
  return target.includes('://') ? `${label} (${target})` : label;
}

function tableLines(table: string, paragraph: ParagraphLines): string[] {
  const rows = table.split('\n').map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [head = [], , ...body] = rows;
  return body.flatMap(([first = '', ...cells]) => [
    ...paragraph(first, '  '),
    ...cells.flatMap((cell, at) =>
      cell === '' ? [] : paragraph(cells.length > 1 ? `${head[at + 1]}: ${cell}` : cell, '      '),
    ),
  ]);
}
