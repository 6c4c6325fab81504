import { useState } from 'preact/hooks';
import type { FlowGroup, FlowRow } from '../../../protocol.js';
import { plural } from '../../parts/format.js';
import { Command, EmptyState } from '../../parts/Notice.js';

/** The choice of a flow: the project's own, and those of each provider. */
export function FlowChoice({
  flows,
  groups,
  isLoading,
  provider,
  onChoose,
}: {
  flows: readonly FlowRow[];
  groups: readonly FlowGroup[];
  isLoading: boolean;
  provider: string;
  onChoose: (provider: string | null, flow: string) => void;
}) {
  const [wanted, setWanted] = useState('');
  if (isLoading) return <p class="muted">The flows are being read…</p>;
  if (flows.length === 0 && groups.length === 0) {
    return (
      <EmptyState icon="flows" title="This provider has no flow">
        <p>Choose another one, or write your own in the config:</p>
        <Command text="webhook-sim docs flows" />
      </EmptyState>
    );
  }
  const shown = groups.flatMap((group) => {
    const text = `${group.provider} ${group.title} ${group.flows.map(({ name, title }) => `${name} ${title}`).join(' ')}`;
    return wanted === '' || text.toLowerCase().includes(wanted.toLowerCase()) ? [group] : [];
  });
  return (
    <>
      {flows.length > 0 ? (
        <>
          <h2>{provider ? 'Choose a flow' : 'Your own flows'}</h2>
          <ul class="choices">
            {flows.map((flow) => (
              <li key={`${flow.provider} ${flow.name}`}>
                <button
                  type="button"
                  class="card choice"
                  onClick={() => onChoose(flow.isOwn ? null : flow.provider, flow.name)}
                >
                  <strong>{flow.title}</strong>
                  <span class="muted">
                    {flow.isOwn ? 'your own' : flow.provider} · {plural(flow.steps.length, 'step')}
                  </span>
                  <span class="chain">
                    {flow.steps.map(({ step, event }) => (
                      <code key={step}>{event}</code>
                    ))}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {groups.length > 0 ? (
        <>
          <div class="panel-head">
            <h2>Flows of the providers</h2>
            <input
              type="search"
              class="grow"
              data-search
              aria-label="Search the flows"
              placeholder="Search: refund, stripe, …"
              value={wanted}
              onInput={(event) => setWanted(event.currentTarget.value)}
            />
          </div>
          {shown.length === 0 ? <p class="muted">No flow is like that.</p> : null}
          <ul class="choices">
            {shown.map((group) => (
              <li key={group.provider} class="card flow-group">
                <strong>{group.title}</strong>
                {group.flows.map((flow) => (
                  <button
                    type="button"
                    class="link"
                    key={flow.name}
                    onClick={() => onChoose(group.provider, flow.name)}
                  >
                    {flow.title} <span class="muted">({plural(flow.steps, 'step')})</span>
                  </button>
                ))}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
