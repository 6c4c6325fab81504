/** The arguments with which cmd.exe starts a program: `npm` and its like are scripts there, which nothing else can start. */
export function windowsCommand(command: readonly string[]): readonly string[] {
  return ['/d', '/s', '/c', `"${command.map(quote).join(' ')}"`];
}

/** Quoted for the program, which reads backslashes and quotes, and then for cmd.exe twice: a script reads its arguments again. */
function quote(text: string, index: number): string {
  if (index === 0) return guarded(/[\s()]/.test(text) ? `"${text}"` : text);
  const quoted = `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return guarded(guarded(quoted));
}

function guarded(text: string): string {
  return text.replace(/[()[\]%!^"`<>&|;, *?]/g, '^$&');
}
