/** Text without the spaces and tabs around it. Unlike `trim` it leaves bytes above ASCII alone, where each character is a byte. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start]!)) start++;
  while (end > start && isBlank(text[end - 1]!)) end--;
  return text.slice(start, end);
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t';
}
