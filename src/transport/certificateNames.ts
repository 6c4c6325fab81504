/** Names that are told, and characters of each: a certificate is text of the receiver's choice. */
const mostNames = 3;
const printableName = /^[A-Za-z0-9*._:-]{1,80}$/;

/** The hosts that the certificate behind an error is for, as ` (a.example, b.example and 2 more)`; empty where it tells none. */
export function certificateNames(error: unknown): string {
  const cert = (error as { cert?: { subjectaltname?: unknown; subject?: { CN?: unknown } } })?.cert;
  const alternatives = String(cert?.subjectaltname ?? '').split(', ');
  const named = alternatives.map((text) => /^(?:DNS|IP Address):(.*)$/.exec(text)?.[1] ?? '');
  const names = (named.some(Boolean) ? named : [String(cert?.subject?.CN ?? '')]).filter((name) =>
    printableName.test(name),
  );
  if (names.length === 0) return '';
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return ` (${names.slice(0, mostNames).join(', ')}${more})`;
}
