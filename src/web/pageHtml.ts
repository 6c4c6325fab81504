import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { catalogueFolder } from '../core/catalogueFolder.js';

/** The placeholder for the nonce of the page's script and style. */
const nonceMark = '__CSP_NONCE__';

const placeholder = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>webhook-sim</title>
<p>The page is not built. In a clone, run <code>npm run build</code>.</p>
</html>
`;

/** The page with a nonce, made for one answer, in its script and its style. */
export function pageHtml(nonce: string): string {
  page ??= readPage();
  return (page ?? placeholder).replaceAll(nonceMark, nonce);
}

let page: string | undefined;

function readPage(): string | undefined {
  const file = join(dirname(catalogueFolder()), 'ui.html.br');
  return existsSync(file) ? brotliDecompressSync(readFileSync(file)).toString() : undefined;
}

/** Returns the content security policy: the page's own script and style, requests to its server, and nothing else. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
