/** The arguments with which cmd.exe starts a program: `npm` and its like are scripts there, which nothing else can start. */
export function windowsCommand([name = '', ...args]: readonly string[]): readonly string[] {
  return ['/d', '/s', '/c', `"${[name, ...args.map(quoted)].map(guarded).join(' ')}"`];
}

/** As a program reads its arguments. */
function quoted(text: string): string {
  return `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

/** What cmd.exe would read is guarded from it. */
function guarded(text: string): string {
  return text.replace(/[()[\]%!^"`<>&|;, *?]/g, '^$&');
}
