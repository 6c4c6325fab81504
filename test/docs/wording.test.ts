import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

/** Words that people had to read twice, each with what to write instead. */
const banned: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\banew\b/i, 'again; re-signed, reserialised, rewritten'],
  [/(?<!broken-after-)\bbatter(?:y|ies)\b/i, 'checks'],
  [/\bflaw/i, 'finding; problem'],
  [/\bflagship/i, 'default event'],
  [/\bmisfits?\b/i, 'problem'],
  [/\bstor(?:y|ies)\b/i, 'flow; identities'],
  [/\btold\b/i, 'reported, shown, documented'],
  [/\btells (?:a|it|no|of|that|the|what)\b/i, 'contains, shows, says'],
  [/\bon purpose\b/i, 'deliberately, invalid'],
  [/\bonce more\b/i, 'again'],
  [/\bof (?:your|one.s|its) own\b/i, 'custom, your, its'],
  [/\bunder way\b/i, 'concurrent, in progress'],
  [/\bwhat came\b|\bcame of\b/i, 'the received value, the result'],
  [/\bwhat becomes of\b|\bgetting there\b|\bgo(?:es|ing) wrong\b/i, 'a noun that people search for'],
  [/\bgets? in\b/i, 'is accepted'],
  [/\bmade fresh\b/i, 'renewed'],
  [/\bno talk\b/i, 'no progress messages'],
  [/\bbeside\b/i, 'next to, besides'],
  // ECONNREFUSED is the other meaning, which the operating system has; a topic of Commerce Layer is named so.
  [/\brefus(?!ed the connection)(?<!connection refus|transactions\.refus)/i, 'rejected; not written'],
];

/** The texts of the source: all literals but those of imports. */
function literalsIn(file: string): { line: number; text: string }[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: { line: number; text: string }[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const linesIn = (file: string) =>
  read(file)
    .split('\n')
    .map((text, at) => ({ line: at + 1, text }));

function findings(file: string, texts: readonly { line: number; text: string }[]): string[] {
  return texts.flatMap(({ line, text }) =>
    banned
      .filter(([word]) => word.test(text))
      .map(([word, instead]) => `${file}:${line}: "${word.exec(text)![0]}", better: ${instead}`),
  );
}

it('finds the words', () => {
  const samples = ['signed anew', 'an order of its own', 'it refuses', 'it is told', 'no flaw'].map((text) => ({
    line: 1,
    text,
  }));
  expect(findings('', samples)).toHaveLength(samples.length);
  expect(findings('', [{ line: 1, text: 'refused the connection; connection refused' }])).toEqual([]);
});

it('no message has words that people read twice', () => {
  // Words of providers stand in their descriptions and samples.
  const sources = filesIn('src', '.ts').filter((file) => !file.startsWith('src/providers/'));
  const suspects = sources.filter((file) => banned.some(([word]) => word.test(read(file))));
  expect(sources.length).toBeGreaterThan(300);
  expect(suspects.flatMap((file) => findings(file, literalsIn(file)))).toEqual([]);
});

it('neither has the help, nor a document', () => {
  const files = ['README.md', 'action.yml', ...filesIn('docs', '.md'), ...filesIn('test/cli/help', '.txt')];
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap((file) => findings(file, linesIn(file)))).toEqual([]);
});
