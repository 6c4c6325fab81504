/** Fields as a form has them in its body. Halves of a character become U+FFFD, as in all that is written in UTF-8. */
export function encodeFormFields(fields: readonly (readonly [name: string, value: string])[]): string {
  const encode = (text: string) => encodeURIComponent(text.toWellFormed());
  return fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}
