/** A secret of the same look that differs in its middle: one that a function can decode as it decodes the right one. */
export function anotherSecret(secret: string): string {
  const half = Math.floor(secret.length / 2);
  const later = secret.slice(half).search(/[0-9A-Za-z]/);
  if (later < 0) return `another-${secret}`;
  const at = half + later;
  return secret.slice(0, at) + other(secret[at]!) + secret.slice(at + 1);
}

/** Another of the same kind; of hex digits another hex digit. */
function other(char: string): string {
  if (/[0-9]/.test(char)) return char === '9' ? '0' : String(Number(char) + 1);
  const [first, last] = /[a-f]/i.test(char) ? ['a', 'f'] : ['g', 'z'];
  const next = char.toLowerCase() === last ? first! : String.fromCharCode(char.toLowerCase().charCodeAt(0) + 1);
  return char === char.toLowerCase() ? next : next.toUpperCase();
}
