export type * from './api/catalogue.js';
export type { CheckResult, CheckRun } from './api/check.js';
export { check } from './api/check.js';
export type { CheckOptions } from './api/checkOptions.js';
export { close } from './api/close.js';
export type { Config, ReportConfig, SecretReference, SecretReferences, TargetConfig } from './api/config.js';
export { defineConfig } from './api/config.js';
export { createDelivery } from './api/createDelivery.js';
export type { Deliverable, DeliverOptions } from './api/deliver.js';
export { deliver } from './api/deliver.js';
export type { DeliveryOptions, JudgeOptions, RetryOptions, SendOptions, SourceOptions } from './api/deliveryOptions.js';
export { diagnose } from './api/diagnose/diagnose.js';
export type { DiagnoseOptions } from './api/diagnose/explainRequest.js';
export { UsageError, WebhookSimError } from './api/errors.js';
export { exportDeliveries } from './api/export/exportDeliveries.js';
export type { ExportDeliveriesOptions, ExportResult } from './api/export/performExport.js';
export { flow } from './api/flow/flow.js';
export type { FlowOptions, FlowResult } from './api/flow/performFlow.js';
export { handshake } from './api/handshake/handshake.js';
export type { HandshakeOptions, HandshakeResult } from './api/handshake/performHandshake.js';
export type {
  FastifyApp,
  FetchHandler,
  FetchObject,
  Handler,
  HandlerKind,
  HandlerOptions,
  KoaApp,
  LambdaFunction,
  NodeListener,
} from './api/inProcess/handler.js';
export type { KeysOptions, KeysResult } from './api/keys/findKeys.js';
export { keys } from './api/keys/keys.js';
export { listen } from './api/listen/listen.js';
export type { Listener, ListenResult, ReceivedWebhook } from './api/listen/listener.js';
export type { ListenOptions } from './api/listen/listenOptions.js';
export { type LoadRun, load } from './api/load/load.js';
export type { LoadOptions } from './api/load/loadOptions.js';
export type { LoadResult } from './api/load/performLoad.js';
export { loadProvider } from './api/loadProvider.js';
export type { PayloadSchema, StandardResult, StandardSchema } from './api/payloadSchema.js';
export { prepare } from './api/prepare.js';
export type { FreshDelivery, NextDelivery, NextOptions } from './api/prepareOptions.js';
export type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  ExpectOptions,
  MakingOptions,
  PayloadOptions,
  ProjectOptions,
  ProviderOptions,
  RepetitionOptions,
  WaitingOptions,
} from './api/project/callOptions.js';
export type { DestinationOptions } from './api/project/destinationOptions.js';
export type { AnyProvider, EventName, ProviderName, VariantName } from './api/providers.js';
export { defineProvider, listProviders } from './api/providers.js';
export type { Receiver } from './api/receiver.js';
export type { ResendOptions, ResendResult, ResentDelivery } from './api/resend/performResend.js';
export { resend } from './api/resend/resend.js';
export type { DeliveryResult } from './api/result.js';
export type { Payload, SampleOptions } from './api/samples.js';
export { samplePayload } from './api/samples.js';
export { send } from './api/send.js';
export type { HeadersInput } from './api/settings.js';
export type { SignOptions } from './api/sign.js';
export { sign } from './api/sign.js';
export { simulate } from './api/simulate.js';
export type { SimulateOptions } from './api/simulateOptions.js';
export type { RunSuiteOptions, SuiteResult } from './api/suite/performSuite.js';
export { runSuite } from './api/suite/runSuite.js';
export type {
  AnyFlowEvent,
  Attempt,
  AttemptEnded,
  AttemptError,
  BodyFieldSpec,
  CaseClass,
  CaseEnded,
  Certainty,
  CheckEnded,
  CheckEvent,
  ClaimTemplate,
  CustomOpener,
  CustomOpenRequest,
  CustomScheme,
  CustomSchemeRequest,
  CustomVerifier,
  CustomVerifyRequest,
  Delivery,
  DeliveryEnded,
  Diagnosis,
  Dialect,
  EventDescription,
  EventSpec,
  ExplainedMistake,
  Exported,
  ExportedFile,
  ExportFormat,
  Fact,
  Failure,
  FieldContent,
  Finding,
  Flow,
  FlowDelivered,
  FlowStarted,
  FlowState,
  FlowStep,
  FlowStopped,
  ForgeryName,
  FormDialect,
  GivenAnswer,
  Grade,
  Handshake,
  HandshakeEnded,
  Header,
  HeaderSpec,
  Identity,
  IdentityGroup,
  Incoming,
  JsonDialect,
  JsonTemplate,
  KeyStep,
  LeftOut,
  ListenVerdict,
  LoadEnded,
  LoadFinding,
  LoadLatency,
  LoadSecond,
  MessageSignatureScheme,
  OrderingEnded,
  OrdersEnded,
  Outcome,
  Phase,
  Policy,
  PolicyDescription,
  Proof,
  Provider,
  ProviderDescription,
  PublicKey,
  QuerySpec,
  ReceivedResponse,
  ResultEnded,
  Route,
  RunEnded,
  RunEvent,
  RunWarning,
  SchemeDescription,
  SchemeOptions,
  SecretSpec,
  SenderRule,
  SuiteEnded,
  Timing,
  ValueSpec,
  VariantSpec,
  Verdict,
  WireRule,
} from './api/types.js';
export type { Verification, VerifyOptions } from './api/verify.js';
export { verify, verifyAsync } from './api/verify.js';
export { version } from './api/version.js';
