import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openMcp } from '../mcp/mcpClient.js';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

it('lists the tools that there are', async () => {
  const { client } = await openMcp();
  const { tools } = await client.listTools();
  const listed = [...read('docs/agents.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(listed).toEqual(tools.map(({ name }) => name));
});

it('names every page in llms.txt, by its title, and ships it with SKILL.md', () => {
  const named = [...read('llms.txt').matchAll(/^- \[(.+)\]\(docs\/(.+)\)$/gm)].map(([, title, file]) => [file, title]);
  const pages = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
  expect(named).toEqual(pages.map((file) => [file, /^# (.+)/.exec(read(`docs/${file}`))![1]]));
  expect(JSON.parse(read('package.json')).files).toEqual(expect.arrayContaining(['SKILL.md', 'llms.txt']));
});

it('keeps SKILL.md to a page, with a name and a description as agents look for them', () => {
  const skill = read('SKILL.md');
  expect(skill).toMatch(/^---\nname: [a-z-]+\ndescription: .{50,1024}\n---\n/);
  expect(skill.split('\n').length).toBeLessThan(70);
});
