import { createHash } from 'node:crypto';
import { Markup, markup } from './markup.js';
import { script } from './script.js';
import { style } from './style.js';

/** Nothing may be loaded, sent or run but the one style and the one script that the page brings along. */
const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;

/** What stands before the content of a page. */
export function pageStart(title: string): Markup {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="webhook-sim">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
`;
}

/** What stands after it. */
export function pageEnd(): Markup {
  return markup`</main>
<script>${new Markup(script)}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
