export type {
  EventRow,
  FieldHint,
  ForgeryRow,
  GivenTextRow,
  PolicyFacts,
  ProviderDetails,
  ProviderGroups,
  ProviderRow,
  Sample,
  SampleField,
  SampleHint,
  SpecifiedHints,
} from './protocol/catalogue.js';
export type { CaseList, CheckRequestBody } from './protocol/check.js';
export type { FlowGroup, FlowList, FlowRequestBody, FlowRow } from './protocol/flows.js';
export type { FirstHandshakes, HandshakeRequestBody, HandshakeTexts } from './protocol/handshake.js';
export type { Inbox, InboxRow, InboxRules, InboxState } from './protocol/inbox.js';
export type {
  JobDelivery,
  JobKind,
  JobList,
  JobStarted,
  JobState,
  JobStep,
  JobWithSteps,
  ShownAttempt,
} from './protocol/jobs.js';
export type { Problem } from './protocol/problem.js';
export type { ProjectState, TargetRow } from './protocol/projectState.js';
export type {
  DestinationBody,
  Preview,
  SecretChoice,
  SendRequestBody,
  ShownBody,
  ShownHeader,
  SignatureStep,
  SignedPiece,
  UsedSecret,
} from './protocol/send.js';
export type { StreamEvent } from './protocol/stream.js';
export type {
  CurlCommand,
  DeliveryDetails,
  DeliveryList,
  DeliveryRow,
  ResendRequestBody,
  ShownDiagnosis,
  SuiteCaseRequest,
  VerifyRequestBody,
  WrittenCase,
} from './protocol/timeline.js';

/**
 * Types of the API between the page and its server, which both import. All text from a receiver, a sender or a file is data: the page shows it as
 * text. Secrets are always masked.
 *
 * Every request but `GET /` has the token in the header `x-webhook-sim-token`. A request that changes something is a POST with a body of
 * `application/json`. An answer that is not 2xx is a `Problem`.
 *
 * | route | request | answer |
 * |---|---|---|
 * | GET /api/state | | `ProjectState` |
 * | GET /api/catalogue | | `ProviderGroups` |
 * | GET /api/providers/:provider | | `ProviderDetails` |
 * | GET /api/sample?provider=&event=&variant=&mode= | | `Sample` |
 * | GET /api/hints?provider=&event=&variant= | | `SpecifiedHints`, or null |
 * | GET /api/flows?provider= | | `FlowList` |
 * | GET /api/cases?provider=&event= | | `CaseList` |
 * | POST /api/preview | `SendRequestBody` | `Preview` |
 * | POST /api/send | `SendRequestBody` | `JobStarted` |
 * | POST /api/check | `CheckRequestBody` | `JobStarted` |
 * | POST /api/flow | `FlowRequestBody` | `JobStarted` |
 * | POST /api/handshake | `HandshakeRequestBody` | `JobStarted` |
 * | POST /api/resend/preview | `ResendRequestBody` | `Preview` |
 * | POST /api/resend | `ResendRequestBody` | `JobStarted` |
 * | GET /api/jobs | | `JobList` |
 * | GET /api/jobs/:id | | `JobWithSteps` |
 * | POST /api/jobs/:id/stop | `{}` | `JobState` |
 * | GET /api/deliveries?q=&before=&limit= | | `DeliveryList` |
 * | GET /api/deliveries/:key | | `DeliveryDetails` |
 * | GET /api/deliveries/:key/curl | | `CurlCommand` |
 * | POST /api/deliveries/:key/verify | `{ secret?: SecretChoice }` | `Diagnosis` |
 * | POST /api/deliveries/:key/case | `SuiteCaseRequest` | `WrittenCase` |
 * | POST /api/verify | `VerifyRequestBody` | `Diagnosis` |
 * | GET /api/inbox | | `Inbox` |
 * | POST /api/inbox/start | `InboxRules` | `InboxState` |
 * | POST /api/inbox/stop | `{}` | `InboxState` |
 * | GET /api/events?after= | | lines of `StreamEvent`, until one side closes |
 */
export const tokenHeader = 'x-webhook-sim-token';
