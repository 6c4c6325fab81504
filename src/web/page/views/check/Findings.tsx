import type { JobStep } from '../../../protocol.js';
import { plural } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { Badge } from '../../parts/StatusBadge.js';

type Summary = Extract<JobStep, { type: 'check-summary' }>;

/** The result of a check: the grade, and each finding with why it matters and how to fix it. */
export function Findings({ summary }: { summary: Summary }) {
  const { grade, gradeReason, findings, remarks, counts, incomplete, reached, interrupted } = summary;
  return (
    <section class="findings-part" aria-label="Findings">
      <div class="grade-line">
        <span
          class={`grade ${grade ? `grade-${grade.toLowerCase()}` : 'none'}`}
          aria-label={grade ? `Grade ${grade}` : 'No grade'}
          role="img"
        >
          {grade ?? '–'}
        </span>
        <div>
          <h2>
            {findings.length === 0
              ? reached
                ? 'Nothing was found'
                : 'The receiver was not reached'
              : plural(findings.length, 'finding')}
          </h2>
          <p class="muted">{gradeReason}</p>
          <p class="muted">
            {counts.passed} passed, {counts.finding} failed, {counts.remark}{' '}
            {counts.remark === 1 ? 'remark' : 'remarks'}, {counts.not_judged} not judged
          </p>
        </div>
      </div>
      {interrupted ? <p class="notice warn">The check was stopped before its end.</p> : null}
      {incomplete ? <p class="notice warn">{incomplete}</p> : null}
      {findings.map((finding) => (
        <article class="card finding" key={finding.name}>
          <div class="card-head">
            <Badge tone="bad" text="finding" />
            <h3>{finding.title}</h3>
          </div>
          <dl class="why-fix">
            <dt>Why</dt>
            <dd>{finding.why}</dd>
            <dt>Fix</dt>
            <dd>{finding.fix}</dd>
            <dt>Cases</dt>
            <dd>
              {finding.cases.map((name) => (
                <code key={name}>{name}</code>
              ))}
            </dd>
          </dl>
        </article>
      ))}
      {remarks.length > 0 ? (
        <details>
          <summary>{plural(remarks.length, 'remark')}</summary>
          {remarks.map((remark) => (
            <div class="notice" key={remark.name}>
              <Icon name="alert" />
              <div>
                <p>
                  <strong>{remark.title}</strong>
                </p>
                <p>{remark.why}</p>
                <p class="muted">{remark.fix}</p>
              </div>
            </div>
          ))}
        </details>
      ) : null}
    </section>
  );
}
