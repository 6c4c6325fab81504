import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as testing from '../../src/api/testing/index.js';
import * as library from '../../src/index.js';

const typesOf = (file: string) =>
  [...readFileSync(join(import.meta.dirname, '../../src', file), 'utf8').matchAll(/\btype\s*\{([^}]*)\}|\btype (\w+)/g)]
    .flatMap((match) => (match[2] ? [match[2]] : match[1]!.split(',')))
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .sort();

describe('what the library exports', () => {
  it('webhook-sim', () => {
    expect(Object.keys(library).sort()).toEqual([
      'UsageError',
      'WebhookSimError',
      'check',
      'close',
      'createDelivery',
      'defineConfig',
      'defineProvider',
      'deliver',
      'diagnose',
      'exportDeliveries',
      'flow',
      'handshake',
      'keys',
      'listProviders',
      'listen',
      'load',
      'loadProvider',
      'prepare',
      'resend',
      'runSuite',
      'samplePayload',
      'send',
      'sign',
      'simulate',
      'verify',
      'verifyAsync',
      'version',
    ]);
    expect(typesOf('index.ts').join(' ')).toBe(
      'AnyFlowEvent AnyProvider Attempt AttemptEnded AttemptError BesideOptions BodyFieldSpec CallResult CaseClass CaseEnded Certainty CheckEnded CheckEvent CheckOptions CheckResult CheckRun ClaimTemplate Config ConnectionOptions CustomOpenRequest CustomOpener CustomScheme CustomSchemeRequest CustomVerifier CustomVerifyRequest DeliverOptions Deliverable Delivery DeliveryEnded DeliveryOptions DeliveryResult DestinationOptions DiagnoseOptions Diagnosis Dialect EventDescription EventName EventSpec ExpectOptions ExplainedMistake ExportDeliveriesOptions ExportFormat ExportResult Exported ExportedFile Fact Failure FastifyApp FetchHandler FetchObject FieldContent Finding Flow FlowDelivered FlowOptions FlowResult FlowStarted FlowState FlowStep FlowStopped ForgeryName FormDialect FreshDelivery GivenAnswer Grade Handler HandlerKind HandlerOptions Handshake HandshakeEnded HandshakeOptions HandshakeResult Header HeaderSpec HeadersInput Identity IdentityGroup Incoming JsonDialect JsonTemplate JudgeOptions KeyStep KeysOptions KeysResult KoaApp LambdaFunction LeftOut ListenOptions ListenResult ListenVerdict Listener LoadEnded LoadFinding LoadLatency LoadOptions LoadResult LoadRun LoadSecond MakingOptions MessageSignatureScheme NextDelivery NextOptions NodeListener OrderingEnded OrdersEnded Outcome Payload PayloadOptions PayloadSchema Phase Policy PolicyDescription ProjectOptions Proof Provider ProviderDescription ProviderName ProviderOptions PublicKey QuerySpec ReceivedResponse ReceivedWebhook Receiver RepetitionOptions ReportConfig ResendOptions ResendResult ResentDelivery ResultEnded RetryOptions Route RunEnded RunEvent RunSuiteOptions RunWarning SampleOptions SchemeDescription SchemeOptions SecretReference SecretReferences SecretSpec SendOptions SenderRule SignOptions SimulateOptions SourceOptions StandardResult StandardSchema SuiteEnded SuiteResult TargetConfig Timing ValueSpec VariantName VariantSpec Verdict Verification VerifyOptions WaitingOptions WireRule',
    );
  });

  it('webhook-sim/testing', () => {
    expect(Object.keys(testing).sort()).toEqual([
      'assertAcceptsWebhook',
      'assertRejectsForgery',
      'describeReceiver',
      'matchers',
    ]);
    expect(typesOf('api/testing/index.ts').join(' ')).toBe(
      'DeliverOptions DescribeOptions ForgeryOptions MatcherResult Receiver Runner WebhookMatchers Webhook'
        .split(' ')
        .sort()
        .join(' '),
    );
  });
});
