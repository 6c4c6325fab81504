/** The emitter that Artillery gives an engine to report events. */
export interface ScenarioEvents {
  emit(event: string, ...values: unknown[]): unknown;
}

/** A virtual user, as Artillery hands it from step to step. */
export interface VirtualUser {
  vars: Record<string, unknown>;
  [key: string]: unknown;
}

/** Plays a scenario for one virtual user. */
export type PlayScenario = (user: VirtualUser, callback: (error: unknown, user: VirtualUser) => void) => unknown;

/** `config.engines.webhook-sim` of a script. */
export interface EngineConfig {
  /** The secret itself, `env:NAME`, a list with the current one first, or any of these by provider; by default the sample secret. */
  readonly secret?: SecretConfig | Readonly<Record<string, SecretConfig>>;
  /** The target of webhooks, in place of `config.target`. */
  readonly url?: string;
  /** Headers to add, or to put in place of the provider's. */
  readonly header?: Readonly<Record<string, string>>;
  /** The values that each delivery renews: `ids` (the default) or `all`. */
  readonly fresh?: 'ids' | 'all';
  /** The time limit of the receiver: milliseconds, or a duration; by default that of the provider. */
  readonly timeout?: string | number;
  /** Statuses that are expected, such as `2xx`; by default those that the provider takes for success. */
  readonly expect?: string | number;
  /** The connection to the receiver, as the library's `send` takes it. */
  readonly route?: object;
}

type SecretConfig = string | readonly string[];

/** `send: stripe payment_intent.succeeded`, or with options. */
export type SendStep =
  | string
  | {
      /** Provider and event: `stripe payment_intent.succeeded`. */
      readonly event: string;
      /** Values to put into the payload, by path; Artillery's templates are filled in for each delivery. */
      readonly set?: Readonly<Record<string, unknown>>;
      readonly unset?: string | readonly string[];
      readonly variant?: string;
      readonly header?: Readonly<Record<string, string>>;
      readonly secret?: string | readonly string[];
      readonly fresh?: 'ids' | 'all';
      readonly dialect?: string;
      readonly expect?: string | number;
      readonly timeout?: string | number;
    };

/** `flow: stripe checkout`, or with options. */
export type FlowStep =
  | string
  | {
      /** Provider and flow: `stripe checkout`. */
      readonly flow: string;
      readonly secret?: string | readonly string[];
      readonly header?: Readonly<Record<string, string>>;
      readonly timeout?: string | number;
      readonly order?: string;
      readonly drop?: string | readonly string[];
      readonly speed?: string;
    };

/** A script of Artillery, as far as this engine reads it. */
export interface EngineScript {
  config: { target?: string; engine?: string; engines?: Record<string, unknown>; [key: string]: unknown };
  scenarios?: { engine?: string; flow?: unknown[]; [key: string]: unknown }[];
  before?: { engine?: string; flow?: unknown[] };
  after?: { engine?: string; flow?: unknown[] };
  [key: string]: unknown;
}

/** The engine. Artillery makes it: a script names it as `config.engines.webhook-sim`. */
export default class WebhookSimEngine {
  constructor(script: EngineScript, events?: ScenarioEvents, helpers?: unknown);
  init(): Promise<void>;
  createScenario(scenario: { flow?: unknown[]; [key: string]: unknown }, events: ScenarioEvents): PlayScenario;
}
