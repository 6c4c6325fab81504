/**
 * Builds the page of `webhook-sim ui`: one HTML file, compressed, with its scripts and its style inline, which a content security policy allows by a
 * nonce. The first paint needs HTML only; the scripts of the page and of its editor are text until they are run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(import.meta.dirname);
const source = join(root, 'src/web/page');

const options = {
  absWorkingDir: root,
  tsconfig: join(source, 'tsconfig.json'),
  bundle: true,
  target: ['chrome123', 'firefox120', 'safari17.5'],
  minify: true,
  legalComments: 'none',
  write: false,
};

/** Writes ui.html.br into a folder and resolves with what esbuild took into it. */
export async function buildPage(outdir) {
  const script = (name, more) =>
    build({ ...options, entryPoints: [join(source, name)], outdir, format: 'iife', metafile: true, ...more });
  const [start, page, editor, links] = await Promise.all([
    script('start.ts'),
    script('main.tsx'),
    script('editor.ts', { globalName: 'webhookSimEditor' }),
    navigationLinks(),
  ]);
  const textOf = ({ outputFiles }, ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  const parts = {
    '</style>': textOf(page, '.css'),
    'id="start-script">': textOf(start, '.js'),
    'id="page-script">': textOf(page, '.js'),
    'id="editor-script">': textOf(editor, '.js'),
    '<ul>': links,
  };
  let html = readFileSync(join(source, 'page.html'), 'utf8');
  for (const [mark, text] of Object.entries(parts)) {
    const isBefore = mark.startsWith('</');
    html = html.replace(mark, () => (isBefore ? text + mark : mark + text));
  }
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, 'ui.html.br'), brotliCompressSync(html));
  return Object.assign({}, ...[start, page, editor].map(({ metafile }) => metafile.inputs));
}

/** Returns the navigation as it looks before the page's script makes links of it. */
async function navigationLinks() {
  const contents = "export { iconPaths } from './parts/Icon.js'; export { titles, views } from './app/views.js';";
  const stdin = { contents, resolveDir: source, loader: 'ts' };
  const { outputFiles } = await build({ ...options, stdin, format: 'esm' });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { iconPaths, titles, views } = await import(`data:text/javascript;base64,${code}`);
  const icon = (name) =>
    `<svg class="icon icon-${name}" width="18" height="18" viewBox="0 0 16 16" aria-hidden="true"><path d="${iconPaths[name]}"/></svg>`;
  return views.map((view) => `<li><a>${icon(view)}<span>${titles[view]}</span></a></li>`).join('');
}
