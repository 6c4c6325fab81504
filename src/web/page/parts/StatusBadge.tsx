import type { DeliveryRow, InboxRow, JobStep } from '../../protocol.js';
import { Icon, type IconName } from './Icon.js';

/** The tone of a result: each has a colour, a shape and words. */
export type Tone = 'good' | 'bad' | 'warn' | 'neutral';

const icons: Record<Tone, IconName> = { good: 'done', bad: 'cross', warn: 'alert', neutral: 'question' };

/** A word with its colour and its shape. */
export function Badge({ tone, text, icon }: { tone: Tone; text: string; icon?: IconName }) {
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon ?? icons[tone]} size={12} />
      {text}
    </span>
  );
}

const outcomeWords: Record<DeliveryRow['outcome'], string> = {
  accepted: 'accepted',
  rejected: 'rejected',
  timed_out: 'timed out',
  broken: 'broken',
  unreachable: 'unreachable',
};

/** An outcome in words. */
export function outcomeText(outcome: DeliveryRow['outcome']): string {
  return outcomeWords[outcome];
}

/** Returns the tone of a delivery: one that met its expectation is good, even if that was a rejection. */
export function toneOf({ ok, outcome }: Pick<DeliveryRow, 'ok' | 'outcome'>): Tone {
  if (ok) return 'good';
  return outcome === 'timed_out' ? 'warn' : 'bad';
}

/** The result of a delivery: the status, or why there is none. */
export function OutcomeBadge({ row }: { row: Pick<DeliveryRow, 'ok' | 'outcome' | 'status'> }) {
  return <Badge tone={toneOf(row)} text={`${row.status ?? ''} ${outcomeText(row.outcome)}`.trim()} />;
}

const verdictTones: Record<InboxRow['verdict'], Tone> = { genuine: 'good', false: 'bad', unknown: 'neutral' };

const verdictWords: Record<InboxRow['verdict'], string> = {
  genuine: 'genuine',
  false: 'does not verify',
  unknown: 'not judged',
};

/** The verdict on a request of the inbox. */
export function VerdictBadge({ row }: { row: Pick<InboxRow, 'verdict' | 'handshake'> }) {
  if (row.handshake !== null) return <Badge tone="good" icon="key" text="handshake" />;
  return <Badge tone={verdictTones[row.verdict]} text={verdictWords[row.verdict]} />;
}

type CaseStep = Extract<JobStep, { type: 'case' }>;

/** The verdict of a case of a check. */
export function CaseBadge({ verdict, leftOut }: Pick<CaseStep, 'verdict' | 'leftOut'>) {
  if (leftOut) return <Badge tone="neutral" text="does not apply" />;
  const shown: Record<CaseStep['verdict'], [Tone, string]> = {
    passed: ['good', 'passed'],
    finding: ['bad', 'finding'],
    remark: ['warn', 'remark'],
    not_judged: ['neutral', 'not judged'],
  };
  const [tone, text] = shown[verdict];
  return <Badge tone={tone} text={text} />;
}
