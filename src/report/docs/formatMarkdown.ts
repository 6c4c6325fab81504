import { Chalk } from 'chalk';
import { wrap } from '../../core/wrap.js';

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
      .replace(/!?\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label: string, target: string) => formatLink(label, target))
      .replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => paint.bold(bold))
      .replace(/`([^`]+)`/g, (_, code: string) => paint.cyan(code))
      .replaceAll(noBreak, ' ');
  const paragraph = (text: string, first = '', rest = first) =>
    wrap(keepTogether(text.replace(/\s+/g, ' ').trim()), width - rest.length).map(
      (line, at) => (at === 0 ? first : rest) + line,
    );
  const block = (text: string): string[] => {
    if (text.startsWith('```'))
      return text
        .split('\n')
        .slice(1, -1)
        .map((line) => (line === '' ? '' : `    ${line}`));
    const heading = /^(#+) (.*)$/.exec(text);
    if (heading) return [paint.bold(heading[1] === '#' ? heading[2]!.toUpperCase() : heading[2]!)];
    if (text.startsWith('|')) return tableLines(text, paragraph);
    if (/^(- |\d+\. )/.test(text)) {
      return text
        .split(/\n(?=- |\d+\. )/)
        .flatMap((item) => paragraph(item.replace(/^(- |\d+\. )/, ''), `  ${/^(- |\d+\. )/.exec(item)![0]}`, '    '));
    }
    return paragraph(text);
  };
  return blocksOf(markdown)
    .map((text) => (text.startsWith('```') ? block(text).join('\n') : block(text).map(inline).join('\n')))
    .join('\n\n')
    .concat('\n');
}

const noBreak = '\u00a0';

/** No line ends within code or a link. */
function keepTogether(text: string): string {
  return text.replace(/`[^`]+`|\]\([^)\s]+\)/g, (part) => part.replaceAll(' ', noBreak));
}

/** Divides a text at empty lines, but for those inside of code. */
function blocksOf(markdown: string): string[] {
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

function tableLines(table: string, paragraph: (text: string, first?: string, rest?: string) => string[]): string[] {
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
