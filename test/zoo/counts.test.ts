import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Receiver, zoo } from './zoo.js';

const languages = {
  JavaScript: 'mjs',
  Python: 'py',
  Ruby: 'rb',
  Go: 'go',
  PHP: 'php',
  Java: 'java',
  Perl: 'pl',
} as const;

const rowOf = (name: string, receivers: readonly Receiver[]) => {
  const correct = receivers.filter((receiver) => receiver.correct).length;
  const mild = receivers.filter((receiver) => !receiver.correct && receiver.isRemark).length;
  return `| ${name} | ${correct} | ${mild} | ${receivers.length - correct - mild} |`;
};

it('the documentation tells how many receivers there are of each kind, in each language', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/check.md'), 'utf8');
  const rows = Object.entries(languages).map(([name, ending]) =>
    rowOf(
      name,
      zoo.filter(({ file }) => file.endsWith(`.${ending}`)),
    ),
  );
  const table = [
    '| language | correct | worth a remark | faulty |',
    '|---|---:|---:|---:|',
    ...rows,
    rowOf('all', zoo),
  ];
  expect(page).toContain(table.join('\n'));
});
