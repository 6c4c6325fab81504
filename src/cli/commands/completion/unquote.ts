/** A word as a shell has it on its command line, with quotes and backslashes, as the text that it stands for; nothing is expanded. */
export function unquote(word: string): string {
  const token = /\\([\s\S])|'([^']*)'?|"((?:[^"\\]|\\[\s\S])*)"?|([^\\'"]+)/g;
  let text = '';
  for (const [, escaped, single, double, bare] of word.matchAll(token)) {
    text += escaped ?? single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? bare ?? '';
  }
  return text;
}
