import { useState } from 'preact/hooks';
import type { JobStep } from '../../../protocol.js';
import { CaseBadge } from '../../parts/StatusBadge.js';

type CaseStep = Extract<JobStep, { type: 'case' }>;

const filters = ['all', 'passed', 'finding', 'remark', 'not_judged'] as const;
const names: Record<(typeof filters)[number], string> = {
  all: 'All',
  passed: 'Passed',
  finding: 'Findings',
  remark: 'Remarks',
  not_judged: 'Not judged',
};

/** The cases of a check, as they ended. */
export function CaseList({ cases }: { cases: readonly CaseStep[] }) {
  const [filter, setFilter] = useState<(typeof filters)[number]>('all');
  const judged = cases.filter(({ leftOut }) => !leftOut);
  const fitting = filter === 'all' ? cases : judged.filter(({ verdict }) => verdict === filter);
  return (
    <section aria-label="Cases">
      <div class="segments wrap" role="group" aria-label="Cases that are shown">
        {filters.map((name) => (
          <button type="button" key={name} aria-pressed={filter === name} onClick={() => setFilter(name)}>
            {names[name]} {name === 'all' ? cases.length : judged.filter(({ verdict }) => verdict === name).length}
          </button>
        ))}
      </div>
      <ul class="cases">
        {fitting.map((each) => (
          <li key={each.name}>
            <details>
              <summary>
                <CaseBadge verdict={each.verdict} leftOut={each.leftOut} />
                <span class="case-name">{each.name}</span>
                <span class="muted grow">{each.reason}</span>
              </summary>
              <dl class="why-fix">
                <dt>Sent</dt>
                <dd>{each.sent || 'nothing'}</dd>
                <dt>Came</dt>
                <dd>{each.observed || 'nothing'}</dd>
                <dt>Why</dt>
                <dd>{each.why}</dd>
                {each.verdict === 'finding' || each.verdict === 'remark' ? (
                  <>
                    <dt>Fix</dt>
                    <dd>{each.fix}</dd>
                  </>
                ) : null}
              </dl>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
