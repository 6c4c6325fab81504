/** Builds the page of `webhook-sim ui`: one HTML file, compressed, with its script and its style inside, which a policy of contents names by their hashes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(import.meta.dirname);
const source = join(root, 'src/web/page');

/** Writes ui.html.br into a folder and resolves with what esbuild took into it. */
export async function buildPage(outdir) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(source, 'main.tsx')],
    outdir,
    tsconfig: join(source, 'tsconfig.json'),
    bundle: true,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    minify: true,
    metafile: true,
    legalComments: 'none',
    write: false,
  });
  const contents = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  const parts = { style: contents('.css'), script: contents('.js') };
  const template = readFileSync(join(source, 'page.html'), 'utf8');
  const page = template.replace(/(?=<\/(style|script)>)/g, (_, name) => parts[name]);
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, 'ui.html.br'), brotliCompressSync(page));
  return metafile.inputs;
}
