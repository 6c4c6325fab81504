import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';

const folder = join(import.meta.dirname, '../../docs');
const pages = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.slice(0, -'.md'.length));

describe('docs', () => {
  it('lists every page with its title', async () => {
    const { stdout, exitCode } = await cli(['docs']);
    const listed = [...stdout.matchAll(/^ {2}([\w-]+) {2,}(\S.*)$/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(pages.toSorted());
    expect(listed[0]).toBe('getting-started');
    expect(stdout).toMatch(/^ {2}signatures +Troubleshooting signatures$/m);
    expect(exitCode).toBe(0);
  });

  it('prints a page as it is where nobody is looking', async () => {
    const { stdout } = await cli(['docs', 'retries']);
    expect(stdout).toBe(readFileSync(join(folder, 'retries.md'), 'utf8'));
  });

  it.each(pages)('prints a page for a terminal: %s', async (page) => {
    const { stdout } = await cli(['docs', page], { isTTY: true, columns: 80, env: { NO_COLOR: '1' } });
    const text = readFileSync(join(folder, `${page}.md`), 'utf8');
    expect(stdout.startsWith(`${/^# (.*)$/m.exec(text)![1]!.toUpperCase()}\n\n`)).toBe(true);
    const isCode = (line: string) => line.startsWith('    ');
    const words = stdout.split('\n').filter((line) => !isCode(line));
    expect(words.filter((line) => /\]\(|\*\*|^#|^\||```/.test(line))).toEqual([]);
    // What has no space in it, such as an address or code, is not divided.
    expect(words.filter((line) => line.length > 80 && !/[`(:\w]{30}|\(webhook-sim docs|\//.test(line))).toEqual([]);
    const blocks = [...text.matchAll(/^```.*\n([\s\S]*?)^```/gm)].map((match) => match[1]!.split('\n')[0]!);
    expect(blocks.filter((line) => !stdout.includes(line))).toEqual([]);
  });

  it('keeps every row and cell of a table', async () => {
    const { stdout } = await cli(['docs', 'targets'], { isTTY: true, columns: 80, env: { NO_COLOR: '1' } });
    expect(stdout).toContain('  --unix-socket PATH\n      connects to a socket\n');
  });

  it('leads from page to page by its own command', async () => {
    const { stdout } = await cli(['docs', 'faq'], { isTTY: true, columns: 100, env: { NO_COLOR: '1' } });
    expect(stdout).toContain('Troubleshooting signatures (webhook-sim docs signatures)');
  });

  it('suggests the nearest page', async () => {
    const { stderr, stdout, exitCode } = await cli(['docs', 'retires']);
    expect(stderr).toContain('There is no page "retires". Did you mean retries?');
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('has JSON', async () => {
    const list = JSON.parse((await cli(['docs', '--json'])).stdout);
    expect(list).toMatchObject({
      schemaVersion: 1,
      type: 'docs',
      pages: expect.arrayContaining([{ name: 'faq', title: 'FAQ' }]),
    });
    const page = JSON.parse((await cli(['docs', 'faq', '--json'])).stdout);
    expect(page).toMatchObject({
      type: 'docs',
      name: 'faq',
      title: 'FAQ',
      text: readFileSync(join(folder, 'faq.md'), 'utf8'),
    });
  });
});
