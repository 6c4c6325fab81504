import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pageFile } from './openPage.js';

const source = join(import.meta.dirname, '../../../src/web/page');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const textOf = (file: string) => readFileSync(join(source, file), 'utf8');
const codeFiles = files.filter((file) => !file.endsWith('.d.ts'));

interface Edge {
  readonly from: string;
  readonly to: string;
}

const edges: Edge[] = codeFiles.flatMap((from) =>
  [...textOf(from).matchAll(/(?:from\s+|import\(\s*|^import\s+)'([^']+)'/gm)].map((match) => ({ from, to: match[1]! })),
);

/** The file of the page that an import leads to; none where it leads elsewhere. */
function targetOf({ from, to }: Edge): string[] {
  const path = join(dirname(from), to).replace(/\.js$/, '');
  return files.filter((file) => to.startsWith('.') && file.replace(/\.tsx?$/, '') === path);
}

describe('the page of ui', () => {
  it('imports itself, the protocol, and the libraries of the page', () => {
    const libraries = /^(?:preact(?:\/hooks)?|@preact\/signals|@codemirror\/\w+|@lezer\/highlight)$/;
    expect(edges.length, 'the pattern that finds imports no longer finds them').toBeGreaterThan(100);
    const foreign = edges.filter((edge) => {
      const isProtocol = join(dirname(edge.from), edge.to) === '../protocol.js';
      return !(isProtocol || libraries.test(edge.to) || edge.to.endsWith('.css') || targetOf(edge).length === 1);
    });
    expect(foreign).toEqual([]);
  });

  it('has no circle of files', () => {
    const closed: string[] = [];
    const open: string[] = [];
    const done = new Set<string>();
    const visit = (file: string) => {
      if (open.includes(file)) closed.push([...open.slice(open.indexOf(file)), file].join(' > '));
      if (open.includes(file) || done.has(file)) return;
      open.push(file);
      for (const edge of edges.filter(({ from }) => from === file)) targetOf(edge).forEach(visit);
      open.pop();
      done.add(file);
    };
    codeFiles.forEach(visit);
    expect(done.size).toBe(codeFiles.length);
    expect(closed).toEqual([]);
  });

  it('has each exported name in one file', () => {
    const names = codeFiles.flatMap((file) =>
      [...textOf(file).matchAll(/^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm)].map(
        (match) => match[1]!,
      ),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('shows text as text: nowhere is it made markup or code', () => {
    const unsafe =
      /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|document\.write|srcdoc|\beval\(|new Function|javascript:/;
    expect(codeFiles.filter((file) => unsafe.test(textOf(file)))).toEqual([]);
  });

  it('makes no link out of what came: addresses are shown, and followed by nobody', () => {
    const links = codeFiles.flatMap((file) => [...textOf(file).matchAll(/\b(?:href|src|action)=(\{[^}]*|"[^"]*)/g)]);
    expect(links.map(([, value]) => value)).toEqual(['{formatRoute({ view, params: {']);
  });

  it('is files of one idea', () => {
    expect(codeFiles.filter((file) => textOf(file).split('\n').length > 300)).toEqual([]);
  });

  it('is one file of at most 150 kB compressed, which loads nothing', () => {
    const html = brotliDecompressSync(readFileSync(pageFile)).toString();
    expect(gzipSync(html, { level: 9 }).length).toBeLessThanOrEqual(150_000);
    const styles = /<style[^>]*>([^<]*)<\/style>/.exec(html)?.[1] ?? '';
    expect(styles.length).toBeGreaterThan(10_000);
    expect(/@import|url\(/.test(styles)).toBe(false);
    const shell = html.replace(/(<(script|style)[^>]*>)[\s\S]*?(?=<\/\2>)/g, '$1');
    expect(shell.length).toBeLessThan(3000);
    const held = [...html.matchAll(/<(script|style) nonce="__CSP_NONCE__"([^>]*)>([\s\S]*?)<\/\1>/g)];
    expect(held.map(([, tag, attributes]) => `${tag}${attributes}`)).toEqual([
      'style',
      'script id="start-script"',
      'script type="text/plain" id="page-script"',
      'script type="text/plain" id="editor-script"',
    ]);
    // All that runs before the first paint.
    expect(held[1]![3]!.length).toBeLessThan(1000);
    expect(shell.match(/ (?:src|href)="(?!data:)|<(?:img|iframe|object|base)|style=/g)).toBeNull();
  });
});
