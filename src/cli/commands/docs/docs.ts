import { unknownName } from '../../../core/nearest.js';
import { docsOptions } from '../../../options/project.js';
import { formatMarkdown } from '../../../report/docs/formatMarkdown.js';
import { wantsColour } from '../../io/colour.js';
import { type Page, readPages } from '../../io/docsPages.js';
import type { Io } from '../../io/io.js';
import { pastable } from '../../io/pastable.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';

const maxWidth = 100;

/** Runs `docs`: lists the pages, or prints one. */
export async function runDocs(name: string | undefined, flags: RawFlags, io: Io): Promise<void> {
  const { json } = plainOptions(docsOptions, flags);
  const pages = readPages();
  const page = name === undefined ? undefined : findPage(name, pages);
  if (json) {
    io.stdout.write(`${JSON.stringify(docsDocument(page, pages), null, 2)}\n`);
  } else if (page) {
    const width = Math.min(io.stdout.columns || maxWidth, maxWidth);
    const colour = wantsColour(io.env, io.stdout);
    io.stdout.write(io.stdout.isTTY ? formatMarkdown(page.text, { colour, width }) : page.text);
  } else {
    const width = Math.max(...pages.map(({ name }) => name.length)) + 2;
    const rows = pages.map(({ name, title }) => `  ${name.padEnd(width)}${title}\n`);
    io.stdout.write(pastable(`${rows.join('')}\nPrint one with webhook-sim docs <page>\n`, io));
  }
}

/** Builds the document of `docs --json`: a page, or the list of pages. */
export function docsDocument(page: Page | undefined, pages: readonly Page[]) {
  const document = page ?? { pages: pages.map(({ name, title }) => ({ name, title })) };
  return { schemaVersion: 1, type: 'docs', ...document } as const;
}

function findPage(name: string, pages: readonly Page[]): Page {
  const wanted = name
    .replace(/^docs\//, '')
    .replace(/\.md$/, '')
    .toLowerCase();
  const found = pages.find((page) => page.name === wanted);
  if (found) return found;
  throw unknownName('UNKNOWN_PAGE', `There is no page ${JSON.stringify(name)}.`, {
    name: wanted,
    known: pages.map((page) => page.name),
    more: 'webhook-sim docs lists the pages.',
  });
}
