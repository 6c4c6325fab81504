import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportFormats } from '../../src/export/exported.js';
import { vectorsSchema } from '../../src/export/vectorsSchema.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const text = readFileSync(join(import.meta.dirname, '../../docs/export.md'), 'utf8');
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);

/** The codes in the first cells of the table whose head begins with a word. */
function column(title: string): string[] {
  const table = new RegExp(`^\\| ${title} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(text)![1]!;
  const cells = table.split('\n').flatMap((row) => row.split('|')[1] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!));
}

const programs: Record<string, { file: string; argv: string[]; proof: string[] }> = {
  python: { file: 'vectors.py', argv: ['python3', 'vectors.py'], proof: ['python3', '--version'] },
  ruby: { file: 'vectors.rb', argv: ['ruby', 'vectors.rb'], proof: ['ruby', '-ropenssl', '-e', ''] },
  go: { file: 'main.go', argv: ['go', 'run', 'main.go'], proof: ['go', 'version'] },
  php: { file: 'vectors.php', argv: ['php', 'vectors.php'], proof: ['php', '--version'] },
};
const run = ([program = '', ...argv]: string[], cwd?: string) => spawnSync(program, argv, { cwd, encoding: 'utf8' });

describe('docs/export.md', () => {
  it('has commands that work', async () => {
    const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));
    expect(commands.length).toBeGreaterThan(4);
    const cwd = folderOf({});
    for (const command of commands) {
      const [, line = ''] = /^npx webhook-sim (.*?)(?: \| nc localhost 3000)?$/.exec(command)!;
      const { exitCode, stderr, stdout } = await cli(line.replaceAll("'", '').split(' '), { cwd });
      expect(stderr).toContain('Nothing was sent.');
      expect(stdout).not.toBe('');
      expect(exitCode).toBe(0);
    }
  });

  it('tells of every format and every key, and of no other', () => {
    expect(new Set(column('`--format`'))).toEqual(new Set(exportFormats));
    const { properties } = vectorsSchema.properties.vectors.items;
    expect(new Set(column('key'))).toEqual(new Set(Object.keys(properties)));
  });

  for (const [language, { file, argv, proof }] of Object.entries(programs)) {
    const isThere = run(proof).status === 0;
    it.skipIf(!isThere)(`has a program in ${language} that agrees with the vectors`, { timeout: 120_000 }, async () => {
      const [program = ''] = blocks(language);
      const cwd = folderOf({ [file]: program });
      await cli(['export', 'scalev', '--forgeries', '--out', 'vectors.json'], { cwd });
      const document = JSON.parse(readFileSync(join(cwd, 'vectors.json'), 'utf8'));
      expect(run(argv, cwd)).toMatchObject({ stdout: `${document.vectors.length} vectors\n`, status: 0 });
      expect(document.vectors.length).toBeGreaterThan(300);
      // It notices a forgery that is said to be genuine, and the reverse.
      for (const forged of [true, false]) {
        const vectors = structuredClone(document.vectors);
        const wrong = vectors.findLast((vector: { forge: unknown }) => (vector.forge !== null) === forged);
        wrong.valid = !wrong.valid;
        writeFileSync(join(cwd, 'vectors.json'), JSON.stringify({ ...document, vectors }));
        const { status, stdout, stderr } = run(argv, cwd);
        expect(status).not.toBe(0);
        expect(stdout + stderr).toContain(wrong.name);
      }
    });
  }
});
