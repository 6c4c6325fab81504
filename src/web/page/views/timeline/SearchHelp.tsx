const rules: readonly (readonly [text: string, meaning: string])[] = [
  ['"pi_123"', 'the text, anywhere in the delivery; a word needs no quotes'],
  ['provider:NAME', 'the provider; several with a comma'],
  ['event:order.*', 'the event, also as a pattern'],
  ['status:>=400', 'the status: =, <, <=, >, >=, 4xx, 200..299, none'],
  ['outcome:timed_out', 'accepted, rejected, timed_out, broken, unreachable'],
  ['direction:received', 'sent or received'],
  ['command:check', 'what sent it: send, flow, run (suites), check, handshake, load, listen'],
  ['is:failed', 'failed, forged, resent, retried'],
  ['after:1h', 'since an hour; also before:, and times such as 2026-11-28T10:00'],
  ['-status:200', 'not'],
];

/** The search language, with examples that can be tried. */
export function SearchHelp({ onTry }: { onTry: (query: string) => void }) {
  return (
    <div class="search-help">
      <dl>
        {rules.map(([text, meaning]) => (
          <div key={text}>
            <dt>
              <button type="button" class="link" onClick={() => onTry(text)}>
                <code>{text}</code>
              </button>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">Several terms have to fit all.</p>
    </div>
  );
}
