export type { Attempt, AttemptError, Outcome, Phase, ReceivedResponse, Timing } from '../core/attempt.js';
export type { CaseClass, CaseEnded, CheckEnded, CheckEvent, Finding, Grade, Verdict } from '../core/check.js';
export type { Delivery, Header } from '../core/delivery.js';
export type { Diagnosis, ExplainedMistake } from '../core/diagnosis.js';
export type { Certainty, Fact } from '../core/fact.js';
export type {
  AnyFlowEvent,
  Flow,
  FlowDelivered,
  FlowStarted,
  FlowState,
  FlowStep,
  FlowStopped,
  OrderingEnded,
  OrdersEnded,
} from '../core/flow.js';
export type { Handshake, HandshakeEnded } from '../core/handshake.js';
export type { GivenAnswer, Incoming, ListenVerdict, SenderRule } from '../core/listened.js';
export type { LoadEnded, LoadFinding, LoadLatency, LoadSecond } from '../core/load.js';
export type { Policy } from '../core/policy.js';
export type {
  Dialect,
  EventSpec,
  FieldContent,
  FormDialect,
  Identity,
  IdentityGroup,
  JsonDialect,
  Proof,
  Provider,
  SecretSpec,
  VariantSpec,
} from '../core/provider.js';
export type { EventDescription, PolicyDescription, ProviderDescription } from '../core/providerDescription.js';
export type { Route } from '../core/route.js';
export type { AttemptEnded, DeliveryEnded, RunEnded, RunEvent, RunWarning } from '../core/run.js';
export type {
  BodyFieldSpec,
  ClaimTemplate,
  CustomOpener,
  CustomOpenRequest,
  CustomScheme,
  CustomSchemeRequest,
  CustomVerifier,
  CustomVerifyRequest,
  HeaderSpec,
  JsonTemplate,
  KeyStep,
  MessageSignatureScheme,
  QuerySpec,
  SchemeDescription,
  SchemeOptions,
  WireRule,
} from '../core/scheme.js';
export type { Failure, ResultEnded, SuiteEnded } from '../core/suite.js';
export type { ValueSpec } from '../core/template.js';
export type { Exported, ExportFormat } from '../export/exported.js';
export type { ForgeryName } from '../forge/forgeries.js';
export type { ExportedFile } from '../session/export/exportFiles.js';
export type { LeftOut } from '../session/export/gather.js';
export type { PublicKey } from '../signing/publicKeys.js';
