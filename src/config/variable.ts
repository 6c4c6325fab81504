/** The variable that `env:NAME` names; null for any other text. */
export function envVariableOf(text: string): string | null {
  return /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1] ?? null;
}
