/** Returns messages for a use case without a terminal: warnings become notes, and the rest is dropped. */
export function silentMessages({ notes }: { readonly notes: string[] }) {
  const note = (line: string) => void notes.push(line);
  const nothing = () => {};
  return { say: nothing, warn: note, start: nothing, arrived: nothing, end: nothing, route: nothing };
}
