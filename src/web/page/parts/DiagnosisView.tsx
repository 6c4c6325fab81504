import type { ShownDiagnosis } from '../../protocol.js';
import { formatMs } from './format.js';
import { Icon } from './Icon.js';
import { Badge } from './StatusBadge.js';

/** Explains why a signature matches or does not, with what to change. */
export function DiagnosisView({ diagnosis }: { diagnosis: ShownDiagnosis }) {
  const { genuine, title, findings, problems, secret, time, next, notes, unexplained, proof } = diagnosis;
  return (
    <div class="diagnosis">
      <p class="verdict">
        {proof === 'nothing' ? (
          <Badge tone="neutral" text="not judged" />
        ) : (
          <Badge tone={genuine ? 'good' : 'bad'} text={genuine ? 'genuine' : 'does not verify'} />
        )}
        <span>
          {proof === 'nothing'
            ? `Nothing in a request of ${title} proves who sent it`
            : genuine
              ? `${title} signed it`
              : `It does not verify as ${title}’s`}
          {secret ? `, with ${secret.isSample ? 'the sample secret' : secret.source}` : ''}.
        </span>
        {secret ? <code class="fingerprint">{secret.fingerprint}</code> : null}
      </p>
      {problems.map(({ header, says, near }) => (
        <div class="notice bad" key={header}>
          <Icon name="alert" />
          <p>
            {says}
            {near.length > 0 ? ` There is ${near.join(', ')}.` : ''}
          </p>
        </div>
      ))}
      {findings.length > 0 ? (
        <ol class="steps findings">
          {findings.map(({ name, says, change }) => (
            <li key={name}>
              <p class="step-title">{says}</p>
              <p>{change}</p>
            </li>
          ))}
        </ol>
      ) : null}
      {time ? (
        <p class="muted">
          <Icon name="clock" /> {time.header}: {time.text}
          {time.ageMs === null
            ? ', which is no time'
            : time.ageMs >= 0
              ? `, ${formatMs(time.ageMs)} old; ${formatMs(time.toleranceMs)} are allowed`
              : `, ${formatMs(-time.ageMs)} in the future; ${formatMs(time.toleranceMs)} are allowed`}
        </p>
      ) : null}
      {unexplained ? <p class="muted">{unexplained}</p> : null}
      {next.length > 0 ? (
        <>
          <h3>What to look at next</h3>
          <ul>
            {next.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      ) : null}
      {notes.map((note) => (
        <p class="muted" key={note}>
          {note}
        </p>
      ))}
    </div>
  );
}
