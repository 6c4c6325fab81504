/** What Windows keeps for devices, whatever follows a dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const longest = 120;

/**
 * Texts as names of files without their ending: of letters, digits, dots, dashes and underscores only, none hidden, none a
 * device of Windows, and no two alike, also where case does not count.
 */
export function fileNames(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const plain = text
      .replace(/[^A-Za-z0-9._-]+/g, '_')
      .replace(/^[.-]/, '_')
      .replace(device, '$1_')
      .slice(0, longest)
      .replace(/\.+$/, '');
    const base = plain === '' ? '_' : plain;
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${base}-${count}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
