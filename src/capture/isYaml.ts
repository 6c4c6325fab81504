/** Its first key: headers of HTTP have no lines below them that are set in, and no such names. */
const firstKey =
  /^(?:---[^\n]*\n)?(?:#[^\n]*\n|[ \t]*\r?\n|version:[^\n]*\n|recorded_with:[^\n]*\n)*(?:opencollection:|type:[ \t]*["']?[\w.]*insomnia|[A-Za-z_][\w-]*:[ \t]*\r?\n(?:[ \t]+["'\w]|[ \t]*- ))/;

/** Returns whether a text is YAML. */
export function isYaml(text: string): boolean {
  return firstKey.test(text.slice(0, 65_536));
}
