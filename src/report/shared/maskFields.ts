import type { CaseEnded, CheckEnded, Finding } from '../../core/check.js';
import type { RecordedFields } from '../../core/contract.js';
import { maxState } from '../../core/flow.js';
import type { Handshake } from '../../core/handshake.js';
import type { DeliveryEnded } from '../../core/run.js';
import type { SecretMask } from '../../core/secretMask.js';
import { maskAddress } from '../../core/secretParameters.js';
import type { Failure, RunProblem, SuiteCheck } from '../../core/suite.js';
import { maskUrl } from './maskSent.js';
import type { ReportEvent } from './reporter.js';

/** Masks the parts of events. */
interface PartMask {
  readonly secrets: SecretMask;
  delivery(ended: DeliveryEnded): DeliveryEnded;
}

type MaskPart<T> = (value: T, mask: PartMask) => T;

/** True for a type with free text. */
type HoldsText<T> = T extends string
  ? string extends T
    ? true
    : false
  : T extends DeliveryEnded | Handshake
    ? true
    : T extends readonly (infer Item)[]
      ? HoldsText<Item>
      : T extends object
        ? { [Key in keyof T]: HoldsText<T[Key]> }[keyof T]
        : false;

/** The mask of each field that holds text: a field that is added to an event needs a decision here. */
type FieldMasks<T> = {
  readonly [Key in keyof T as true extends HoldsText<T[Key]> ? Key : never]-?: MaskPart<T[Key]>;
};

/** Names by which things are known, of ours and of the user's files; times. */
const asIs = <T>(value: T): T => value;
const text = <T extends string | null>(value: T, { secrets }: PartMask): T =>
  (value === null ? null : secrets.inText(value)) as T;
const url = (value: string, { secrets }: PartMask) => maskUrl(maskAddress(value), secrets);
const delivery = (value: DeliveryEnded, mask: PartMask) => mask.delivery(value);

const list =
  <T>(item: MaskPart<T>): MaskPart<readonly T[]> =>
  (values, mask) =>
    values.map((value) => item(value, mask));

const fields =
  <T extends object>(masks: FieldMasks<T>): MaskPart<T> =>
  (value, mask) =>
    withMasked(value, masks, mask);

const optional =
  <T extends object, None extends null | undefined>(part: MaskPart<T>): MaskPart<T | None> =>
  (value, mask) =>
    value ? part(value, mask) : value;

/** Masks a state, which may be cut inside a secret. */
const state = (value: string | null, { secrets }: PartMask) =>
  value === null ? null : secrets.inText(value, value.length >= maxState);

const json = (value: string | null, mask: PartMask): string | null => {
  const masked = text(value, mask);
  if (masked === null || masked === value) return masked;
  try {
    JSON.parse(masked);
    return masked;
  } catch {
    // A number was secret.
    return JSON.stringify(masked);
  }
};

const finding = fields<Finding>({ name: asIs, title: text, why: text, fix: text, cases: asIs });
const failures = list(fields<Failure>({ expectation: asIs, message: text }));

// Deliveries are masked first, since they define the secrets.
const checkCase: FieldMasks<CaseEnded> = {
  deliveries: list(delivery),
  name: asIs,
  forge: asIs,
  reason: text,
  sent: text,
  observed: text,
  why: text,
  fix: text,
};
const checkSummary: FieldMasks<CheckEnded> = {
  provider: asIs,
  event: asIs,
  url,
  gradeReason: text,
  findings: list(finding),
  remarks: list(finding),
  incomplete: text,
};

type MaskedByFields = Exclude<ReportEvent, { readonly type: 'attempt' | 'delivery' }>;

const eventMasks: {
  readonly [Type in MaskedByFields['type']]: FieldMasks<Extract<MaskedByFields, { readonly type: Type }>>;
} = {
  warning: { id: asIs, message: text },
  summary: { disabled: asIs },
  handshake: {
    ended: delivery,
    handshake: (value, mask) => ({ ...value, title: text(value.title, mask) }),
    awaited: text,
    problem: text,
  },
  case: checkCase,
  'check-summary': checkSummary,
  flow: { name: asIs, title: text, providers: asIs },
  stopped: { flow: asIs, message: text },
  state: { flow: asIs, json, problem: text },
  ordering: {
    flow: asIs,
    ordering: asIs,
    title: asIs,
    before: state,
    seen: state,
    differences: list(fields({ path: text, natural: state, here: state })),
    problem: text,
  },
  orders: { flow: asIs, different: asIs, ignored: list(text), problem: text, run: asIs },
  result: {
    deliveries: list(delivery),
    check: optional<SuiteCheck, null>(fields({ cases: list(fields(checkCase)), summary: fields(checkSummary) })),
    suite: asIs,
    name: text,
    provider: asIs,
    event: asIs,
    variant: asIs,
    forge: asIs,
    reason: text,
    failures,
    earlier: list(failures),
    startedAt: asIs,
    log: text,
  },
  'suite-summary': {
    startedAt: asIs,
    run: asIs,
    coverage: asIs,
    budgets: asIs,
    problem: optional<RunProblem, null | undefined>(fields({ code: asIs, message: text, log: text })),
  },
  'provider-check': {
    provider: asIs,
    description: asIs,
    check: asIs,
    title: asIs,
    problems: list(fields({ file: asIs, message: text })),
  },
  'provider-recorded': {
    provider: asIs,
    description: asIs,
    event: text,
    on: asIs,
    facts: list(fields({ fact: asIs, message: text })),
    fields: optional<RecordedFields, null>(
      fields({ sample: text, missing: list(text), unknown: list(text), otherTypes: list(text) }),
    ),
    written: asIs,
    reason: text,
  },
  'provider-test-summary': { failed: asIs },
};

/** An event without the secrets in its texts. */
export function maskFields(event: MaskedByFields, mask: PartMask): ReportEvent {
  return withMasked(event, eventMasks[event.type] as FieldMasks<MaskedByFields>, mask);
}

function withMasked<T extends object>(value: T, masks: FieldMasks<T>, mask: PartMask): T {
  const masked = { ...value } as Record<string, unknown>;
  for (const [key, part] of Object.entries(masks) as [string, MaskPart<never>][]) {
    if (key in value) masked[key] = part(masked[key] as never, mask);
  }
  return masked as T;
}
