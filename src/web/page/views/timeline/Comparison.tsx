import { useMemo } from 'preact/hooks';
import type { DeliveryDetails } from '../../../protocol.js';
import { useAnswer } from '../../app/useAnswer.js';
import { layOutBody } from '../../parts/bodyText.js';
import { type DiffLine, diffLines } from '../../parts/diffLines.js';
import { formatMoment, plural } from '../../parts/format.js';
import { ErrorNotice } from '../../parts/Notice.js';

/** The number of equal lines shown around a different one. */
const around = 3;

/** The differences between two deliveries: headers, bodies, answers. */
export function Comparison({ baseId, delivery }: { baseId: string; delivery: DeliveryDetails }) {
  const base = useAnswer<DeliveryDetails>(`/api/deliveries/${encodeURIComponent(baseId)}`);
  const parts = useMemo(() => {
    if (!base.value) return [];
    const texts = [base.value, delivery].map(textsOf);
    return (['Request', 'Body', 'Answer'] as const).map((title, index) => ({
      title,
      lines: diffLines(texts[0]![index]!, texts[1]![index]!),
    }));
  }, [base.value, delivery]);
  if (base.error) return <ErrorNotice error={base.error} />;
  if (!base.value) return <p class="muted">Reading the other delivery…</p>;
  return (
    <>
      <p class="facts">
        <span class="removed">
          − {base.value.event}, {formatMoment(base.value.at)}
        </span>
        <span class="added">
          + {delivery.event}, {formatMoment(delivery.at)}
        </span>
      </p>
      {parts.map(({ title, lines }) => (
        <section key={title} aria-label={`Difference: ${title}`}>
          <h3>{title}</h3>
          <Difference lines={lines} label={`Difference of ${title}`} />
        </section>
      ))}
    </>
  );
}

function textsOf(delivery: DeliveryDetails): [string, string, string] {
  const headers = delivery.headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
  const last = delivery.results.at(-1);
  const answer = last?.response
    ? [
        last.status,
        ...last.response.headers.map(({ name, value }) => `${name}: ${value}`),
        '',
        layOutBody(last.response.body),
      ].join('\n')
    : (last?.error?.message ?? '');
  return [`${delivery.method} ${delivery.url}\n${headers}`, layOutBody(delivery.body), answer];
}

const signs = { same: ' ', removed: '−', added: '+' } as const;

function Difference({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  if (lines.every(({ is }) => is === 'same')) return <p class="muted">Both are the same.</p>;
  const near = new Set<number>();
  lines.forEach(({ is }, at) => {
    if (is !== 'same') for (let each = at - around; each <= at + around; each++) near.add(each);
  });
  const drawn: preact.JSX.Element[] = [];
  let hidden = 0;
  const flush = (at: number) => {
    if (hidden > 0) drawn.push(<span class="gap" key={`gap-${at}`}>{`⋯ ${plural(hidden, 'line')} the same\n`}</span>);
    hidden = 0;
  };
  lines.forEach(({ is, text }, at) => {
    if (!near.has(at)) {
      hidden++;
      return;
    }
    flush(at);
    drawn.push(
      <span class={is} key={at}>
        {`${signs[is]} ${text}\n`}
      </span>,
    );
  });
  flush(lines.length);
  return (
    <pre class="bytes diff" tabIndex={0} role="region" aria-label={label}>
      {drawn}
    </pre>
  );
}
