/** How the bytes as they came are had, in the places where receivers are written. */
const raw = {
  node: "express.raw({ type: '*/*' }) and then req.body, or req.rawBody",
  python: 'request.get_data() in Flask, request.body in Django, await request.body() in FastAPI',
  go: 'io.ReadAll(r.Body)',
  ruby: 'request.raw_post in Rails, request.body.read in Rack',
  php: "file_get_contents('php://input'), $request->getContent()",
} as const;

/** A language that receivers are written in. */
export type ReceiverLanguage = keyof typeof raw;

/** How to get the raw body, in some languages; in all of them by default. */
export function rawBodyAdvice(languages: readonly ReceiverLanguage[] = Object.keys(raw) as ReceiverLanguage[]): string {
  return languages.map((language) => raw[language]).join('; ');
}

/** What to change where the captured body is not the one that was signed. */
export const capturedOtherwise = (how: string, languages?: readonly ReceiverLanguage[]) =>
  `The body that you captured is not the one that was signed: ${how} Capture and verify the bytes as they came (${rawBodyAdvice(languages)}).`;

/** What to change where the receiver hashes something else than the bytes that came. */
export const hashRaw = (how: string, languages?: readonly ReceiverLanguage[]) =>
  `${how} Hash the bytes as they came, before anything parses them: ${rawBodyAdvice(languages)}.`.trimStart();
