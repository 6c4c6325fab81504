import type { Outcome, Timing, WireWarning } from '../core/attempt.js';
import type { CaseClass, Finding, Grade, Verdict } from '../core/check.js';
import type { Diagnosis } from '../core/diagnosis.js';
import type { Certainty } from '../core/fact.js';
import type { ListenVerdict } from '../core/listened.js';
import type { LogRow } from '../core/logEntry.js';

/**
 * What the page and its server say to each other; types alone, for both import it. All text that came from a receiver, a sender or a file is
 * data: the page shows it as text. Secrets are never in it: masks stand in their place.
 *
 * Every request but `GET /` carries the token in the header `x-webhook-sim-token`. What changes something is a POST with a body of
 * `application/json`. An answer that is not 2xx is a `Problem`.
 *
 * | route | request | answer |
 * |---|---|---|
 * | GET /api/state | | `ProjectState` |
 * | GET /api/catalogue | | `ProviderGroups` |
 * | GET /api/providers/:provider | | `ProviderDetails` |
 * | GET /api/sample?provider=&event=&variant= | | `Sample` |
 * | GET /api/flows?provider= | | `FlowList` |
 * | GET /api/cases?provider=&event= | | `CaseList` |
 * | POST /api/preview | `SendRequestBody` | `Preview` |
 * | POST /api/send | `SendRequestBody` | `JobStarted` |
 * | POST /api/check | `CheckRequestBody` | `JobStarted` |
 * | POST /api/flow | `FlowRequestBody` | `JobStarted` |
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

/** Why a request was not carried out. */
export interface Problem {
  readonly error: {
    /** Stable, such as `UNKNOWN_EVENT`, `NO_TOKEN`, `FOREIGN_TARGET`. */
    readonly code: string;
    readonly message: string;
    /** What to do next. */
    readonly hint: string | null;
    readonly facts: Readonly<Record<string, unknown>>;
  };
}

/* ---------------------------------------------------------------- project */

/** A target that the page may name. */
export interface TargetRow {
  /** `demo`, or a name of the config. */
  readonly name: string;
  /** As the config has it, without a password; null for `demo`. */
  readonly address: string | null;
  /** Whether it is on another machine. */
  readonly isRemote: boolean;
  /** Whether forgeries and checks may go there: a loopback address, or `allowRemote: true` in the config. */
  readonly mayBeAttacked: boolean;
}

/** What the page is about. */
export interface ProjectState {
  readonly version: string;
  /** Another one each time that the server starts. */
  readonly boot: string;
  /** The name of the project's folder, and its path. */
  readonly project: string;
  readonly folder: string;
  /** The config's path as people see it; null where there is none. */
  readonly config: string | null;
  readonly targets: readonly TargetRow[];
  /** The name of the target in force, or an address; null where the config names none. */
  readonly defaultTarget: string | null;
  /** Custom providers that can't be used, with the reason. */
  readonly broken: readonly { readonly name: string; readonly problem: string }[];
  /** Why there is no delivery log; null where there is one. */
  readonly logProblem: string | null;
  /** The suites of the project to which a case can be added, by their paths from its folder. */
  readonly suites: readonly string[];
  readonly inbox: InboxState;
}

/* -------------------------------------------------------------- catalogue */

/** A provider among all. */
export interface ProviderRow {
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Name and title of each event, for a search over all of them. */
  readonly events: readonly (readonly [name: string, title: string])[];
  readonly isOwn: boolean;
}

/** The providers by group, the project's own first. */
export interface ProviderGroups {
  readonly groups: readonly { readonly title: string; readonly providers: readonly ProviderRow[] }[];
  readonly providers: number;
  readonly events: number;
}

/** An event of a provider. */
export interface EventRow {
  readonly name: string;
  readonly title: string;
  readonly trigger: string;
  readonly certainty: Certainty;
  readonly note: string | null;
  readonly variants: readonly { readonly name: string; readonly title: string }[];
}

/** What a provider does around a delivery, in words and as values. */
export interface PolicyFacts {
  readonly success: string;
  /** Null where the provider tells none. */
  readonly timeLimit: string | null;
  /** Retries after the first attempt; 0 where there are none, or nothing is known of them. */
  readonly retries: number;
  /** Milliseconds between one attempt and the next on the provider's clock; what `send --retry` waits where the provider does not tell. */
  readonly delaysMs: readonly number[];
  /** Whether the provider itself tells these times. */
  readonly isDocumented: boolean;
  /** A sentence each: success, time limit, retries, disabling. */
  readonly words: readonly string[];
}

/** A forgery of a provider's deliveries. */
export interface ForgeryRow {
  readonly name: string;
  readonly title: string;
}

/** All about a provider but its samples. */
export interface ProviderDetails {
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly docs: string | null;
  readonly group: string | null;
  readonly isOwn: boolean;
  readonly defaultEvent: string;
  readonly events: readonly EventRow[];
  readonly handshakes: readonly { readonly name: string; readonly title: string }[];
  readonly policy: PolicyFacts;
  /** How it signs, in words: `hex of HMAC-SHA256`. */
  readonly scheme: string;
  /** What shows that the signature is right, in words. */
  readonly proof: readonly string[];
  /** How the body is written: `js`, `python`, `form`, … */
  readonly dialect: string;
  readonly secret: {
    readonly label: string;
    /** The invented secret, which is public. */
    readonly sample: string;
    /** What `configured` stands for, without the secret: `the secret of STRIPE_SECRET`, `the sample secret`. */
    readonly configured: string;
    /** Whether that is the sample secret. */
    readonly isSample: boolean;
    /** Names of environment variables that are set and may hold it; a `SecretChoice` may name these alone. */
    readonly variables: readonly string[];
  };
  readonly forgeries: readonly ForgeryRow[];
  readonly flows: number;
}

/** What is special about a field of a sample. */
export interface SampleField {
  /** A path as `--set` has it: `data.items[0].id`. */
  readonly path: string;
  /** `id` and `time` are renewed in each delivery; `signed` is set from the secret or the headers. */
  readonly is: 'id' | 'time' | 'signed';
}

/** The payload of an event, to be edited. */
export interface Sample {
  readonly provider: string;
  readonly event: string;
  readonly variant: string | null;
  /** JSON laid out for reading, also where it goes on the wire as a form; or a text that is no JSON. */
  readonly text: string;
  readonly isJson: boolean;
  /** How it goes on the wire: `application/json`, … */
  readonly mediaType: string | null;
  readonly fields: readonly SampleField[];
  readonly certainty: Certainty;
  readonly note: string | null;
}

/* ------------------------------------------------------------------- send */

/** Which secret signs: the one that environment or config name, the sample secret, or that of an environment variable (`ProviderDetails.secret.variables`). */
export type SecretChoice =
  | { readonly is: 'configured' }
  | { readonly is: 'sample' }
  | { readonly is: 'variable'; readonly name: string };

/** What all that is sent has in common. */
export interface DestinationBody {
  /** A name of `ProjectState.targets`, or an address of this machine (`:3000/webhooks`); that in force where it is left out. */
  readonly target?: string;
  readonly secret?: SecretChoice;
  /** Durations as text, such as `5s`; the provider's limit where it is left out. */
  readonly timeout?: string;
}

/** A delivery that is asked for. */
export interface SendRequestBody extends DestinationBody {
  readonly provider: string;
  readonly event: string;
  readonly variant?: string;
  /** The payload in place of the sample, as text of JSON; written in the provider's dialect. Ids in it that are those of the sample are renewed unless `exact`. */
  readonly payload?: string;
  /** The body as it goes on the wire, byte for byte. */
  readonly raw?: string;
  /** Renews nothing. */
  readonly exact?: boolean;
  /** A line each: `Name: value`; `Name:` removes it. */
  readonly headers?: readonly string[];
  /** The name of a forgery. */
  readonly forge?: string;
  /** From 1 to 1,000. */
  readonly count?: number;
  /** Tries again what is not accepted, on the provider's schedule or one of `delays` (`5s,1m`), so many times faster (`600x`, `instant`). */
  readonly retry?: { readonly speed?: string; readonly delays?: string };
  /** The same bytes again, where they are to be those of a preview. */
  readonly seed?: number;
  /** Milliseconds since 1970, likewise. */
  readonly now?: number;
}

/** A header as it may be shown. */
export interface ShownHeader {
  readonly name: string;
  readonly value: string;
  /** Where its value is a mask, for it is secret. */
  readonly isMasked: boolean;
  /** Where it comes from; null for what came over the wire. */
  readonly from: 'signature' | 'provider' | 'own' | null;
}

/** A body as it may be shown. One of `text` and `base64` is there, or `missing` says why none is. */
export interface ShownBody {
  readonly bytes: number;
  readonly sha256: string | null;
  readonly mediaType: string | null;
  readonly text: string | null;
  readonly base64: string | null;
  /** Why it is not here. */
  readonly missing: string | null;
  /** Where more came than is here. */
  readonly isTruncated: boolean;
  /** Where marks stand in place of secrets. */
  readonly isMasked: boolean;
}

/** A piece of what is signed. */
export interface SignedPiece {
  /** The name in the template (`body`, `timestamp`), null for what stands there as it is (`.`). */
  readonly name: string | null;
  /** Where its value comes from, in words: `the body`, `the time of Webhook-Timestamp`. */
  readonly from: string | null;
  /** Its text, shortened to 2,000 characters; null where it is not known, or secret. */
  readonly text: string | null;
  readonly bytes: number | null;
}

/** How one signature comes about. */
export interface SignatureStep {
  /** Its name in the description; several build upon each other in their order. */
  readonly name: string;
  /** `hex of HMAC-SHA256`. */
  readonly scheme: string;
  /** What is signed; empty for a scheme whose content no template says. */
  readonly pieces: readonly SignedPiece[];
  /** What is done to the secret's text before it is a key, in words; empty where nothing is. */
  readonly key: string;
  /** The headers and fields that carry it, with how they are written: `t={timestamp},v1={signature}`. */
  readonly places: readonly { readonly place: string; readonly template: string; readonly value: string | null }[];
}

/** A secret without itself. */
export interface UsedSecret {
  /** In words: `the sample secret`, `the secret of STRIPE_SECRET`. */
  readonly words: string;
  readonly fingerprint: string;
  readonly isSample: boolean;
}

/** A delivery as it would go. */
export interface Preview {
  readonly provider: string;
  readonly event: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly ShownHeader[];
  readonly body: ShownBody;
  readonly signatures: readonly SignatureStep[];
  readonly secrets: readonly UsedSecret[];
  /** What is odd about it, though it is sent. */
  readonly notes: readonly string[];
  /** With these the same bytes are sent (`SendRequestBody.seed`, `now`). */
  readonly seed: number;
  readonly now: number;
  /** The command line that sends such a delivery; null where none does, as for an edited payload that no flag can say. */
  readonly command: string | null;
  /** A curl command with these bytes; it holds the signature, no secret. */
  readonly curl: string;
}

/* ------------------------------------------------------------------- jobs */

export interface JobStarted {
  readonly job: string;
}

export type JobKind = 'send' | 'resend' | 'check' | 'flow';

/** Something that runs in the server. */
export interface JobState {
  readonly id: string;
  readonly kind: JobKind;
  /** What it does, in a line: `stripe charge.failed to dev`. */
  readonly title: string;
  readonly provider: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** `failed`: something was wrong before or while it was sent, as `problem` says. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly problem: Problem['error'] | null;
  /** What is odd about it. */
  readonly notes: readonly string[];
}

export interface JobList {
  /** The newest first, at most 50. */
  readonly jobs: readonly JobState[];
}

/** An attempt as it may be shown. */
export interface ShownAttempt {
  readonly number: number;
  /** Milliseconds since the first attempt on the provider's clock. */
  readonly scheduledAtMs: number;
  readonly startedAt: string;
  readonly remoteAddress: string | null;
  readonly status: number | null;
  readonly timing: Timing;
  /** Null where none came, and for the earlier ones of several in the log. */
  readonly response: {
    readonly headers: readonly ShownHeader[];
    readonly body: ShownBody;
    readonly contentEncoding: string | null;
  } | null;
  readonly error: {
    readonly kind: string;
    readonly code: string;
    readonly phase: string;
    readonly message: string;
  } | null;
  readonly warnings: readonly WireWarning[];
}

/** A delivery of a job. */
export interface JobDelivery {
  readonly id: string;
  readonly provider: string;
  readonly event: string;
  readonly variant: string | null;
  readonly forge: string | null;
  readonly url: string;
  /** The key in the log; null where it is not kept. */
  readonly key: string | null;
}

/** What a job tells as it goes; each has the number of its step, from 1. */
export type JobStep = { readonly step: number } & (
  | {
      /** An attempt that has ended, of a delivery that may be tried again. */
      readonly type: 'attempt';
      readonly delivery: JobDelivery;
      readonly attempt: ShownAttempt;
      readonly outcome: Outcome;
      readonly most: number;
      /** When the next one comes, on the provider's clock; null where there is none. */
      readonly nextAtMs: number | null;
      /** The same in milliseconds from now on the clock on the wall. */
      readonly nextInMs: number | null;
    }
  | {
      readonly type: 'delivery';
      readonly delivery: JobDelivery;
      readonly request: { readonly method: string; readonly headers: readonly ShownHeader[]; readonly body: ShownBody };
      readonly attempts: readonly ShownAttempt[];
      readonly outcome: Outcome;
      readonly ok: boolean;
      /** What to do, where it was not ok; a line each. */
      readonly hints: readonly string[];
      /** Of a flow: which of its steps (from 1), and which copy of that. */
      readonly place: { readonly flowStep: number; readonly copy: number; readonly offsetMs: number } | null;
    }
  | { readonly type: 'warning'; readonly message: string }
  /** What the built-in receiver made of a delivery. */
  | { readonly type: 'arrival'; readonly text: string }
  /** A flow that could not go on. */
  | { readonly type: 'stopped'; readonly flowStep: number; readonly message: string }
  | {
      readonly type: 'summary';
      readonly sent: number;
      readonly accepted: number;
      readonly ok: number;
      readonly outcomes: Readonly<Record<Outcome, number>>;
      /** That the provider would have disabled the receiver, and the like; a line each. */
      readonly verdict: readonly string[];
    }
  /** A check that begins, with how many cases it has. */
  | { readonly type: 'check-start'; readonly cases: number; readonly url: string }
  | {
      readonly type: 'case';
      readonly name: string;
      readonly class: CaseClass;
      readonly forge: string | null;
      readonly verdict: Verdict;
      readonly leftOut: boolean;
      readonly advisory: boolean;
      readonly reason: string;
      readonly sent: string;
      readonly came: string;
      readonly why: string;
      readonly fix: string;
    }
  | {
      readonly type: 'check-summary';
      readonly grade: Grade | null;
      readonly gradeReason: string;
      readonly findings: readonly Finding[];
      readonly remarks: readonly Finding[];
      readonly counts: Readonly<Record<Verdict, number>>;
      readonly leftOut: number;
      readonly incomplete: string | null;
      readonly reached: boolean;
      readonly interrupted: boolean;
    }
);

/** A job with all that it told; of more than 2,000 steps the first ones are left out. */
export interface JobWithSteps extends JobState {
  readonly steps: readonly JobStep[];
  readonly command: string | null;
}

/* ------------------------------------------------------------------ check */

export interface CheckRequestBody extends DestinationBody {
  readonly provider: string;
  readonly event?: string;
  /** Names of cases or classes. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly allEvents?: boolean;
  /** How the receiver rejects: `4xx`, `401,403`, `body:TEXT`. */
  readonly expect?: string;
}

/** The cases of a check before it is run. */
export interface CaseList {
  readonly cases: readonly {
    readonly name: string;
    readonly class: CaseClass;
    readonly forge: string | null;
    readonly sent: string;
    /** Why it says nothing about receivers of this provider; null where it does. */
    readonly leftOut: string | null;
  }[];
}

/* ------------------------------------------------------------------ flows */

/** A flow, of the catalogue or of the project. */
export interface FlowRow {
  readonly provider: string;
  readonly name: string;
  readonly title: string;
  readonly isOwn: boolean;
  readonly steps: readonly {
    /** From 1. */
    readonly step: number;
    readonly provider: string;
    readonly event: string;
    readonly eventTitle: string;
    readonly variant: string | null;
    /** Milliseconds since the first event, on the provider's clock. */
    readonly offsetMs: number;
    /** Whether it takes something from an earlier answer, so that the flow goes in its order only. */
    readonly needsOrder: boolean;
  }[];
}

export interface FlowList {
  readonly flows: readonly FlowRow[];
}

export interface FlowRequestBody extends DestinationBody {
  readonly provider: string;
  readonly flow: string;
  /** What is delivered, in this order: a step that is not here is lost, one that is here twice is delivered twice. All in their order where it is left out. */
  readonly arrangement?: readonly {
    readonly step: number;
    /** Milliseconds since the flow's first event, on the provider's clock; never less than the one before. */
    readonly atMs: number;
  }[];
  /** `1x`, `600x`, `instant` (default). */
  readonly speed?: string;
  readonly seed?: number;
}

/* --------------------------------------------------------------- timeline */

/** A delivery of the log, sent or received, in a line. */
export type DeliveryRow = LogRow;

/** A page of the timeline, the newest first. */
export interface DeliveryList {
  readonly rows: readonly DeliveryRow[];
  /** What `before` is for the page after it; null where there is none. */
  readonly next: string | null;
  /** How many deliveries fit, on all pages. */
  readonly total: number;
  /** Lines of the log that are torn or broken. */
  readonly broken: number;
}

export interface DeliveryDetails extends DeliveryRow {
  readonly publicUrl: string | null;
  readonly framing: 'length' | 'chunked';
  readonly headers: readonly ShownHeader[];
  readonly body: ShownBody;
  readonly results: readonly ShownAttempt[];
  /** Why it can't be sent again; null where it can. */
  readonly resendProblem: string | null;
  /** The command that sends it again. */
  readonly command: string;
}

export interface ResendRequestBody {
  /** Keys of deliveries, in the order in which they are sent; with `payload` only one. */
  readonly keys: readonly string[];
  /** As `DestinationBody.target`; where each went, if it is left out. */
  readonly target?: string;
  /** Signs them again; they go as they were where it is left out and nothing is edited. */
  readonly secret?: SecretChoice;
  /** The payload in place of its own, as text of JSON; it is signed again. */
  readonly payload?: string;
}

export interface CurlCommand {
  readonly command: string;
  /** What has to be filled in, or is too old; a line each. */
  readonly notes: readonly string[];
}

export interface SuiteCaseRequest {
  /** The name of the case; one is made of its event where it is left out. */
  readonly name?: string;
  /** Adds it to a suite of `ProjectState.suites`, or to a new file of the project whose name ends in `.webhooks.yaml`; only shown where it is left out. */
  readonly saveTo?: string;
}

export interface WrittenCase {
  /** The case as it stands in a suite. */
  readonly yaml: string;
  /** Where it was written; null where it was not. */
  readonly savedTo: string | null;
  /** The command that runs it. */
  readonly command: string | null;
}

export interface VerifyRequestBody {
  /** A captured request in any form that `verify` reads: HTTP text, curl, HAR, … */
  readonly text: string;
  /** Found out where it is left out. */
  readonly provider?: string;
  readonly secret?: SecretChoice;
}

/** Why a signature matches or does not: as `verify --json` has it. */
export type ShownDiagnosis = Diagnosis;

/* ------------------------------------------------------------------ inbox */

/** How the inbox answers. */
export interface InboxRules {
  /** Whose webhooks come; recognized where it is left out. */
  readonly provider?: string;
  readonly secret?: SecretChoice;
  /** Default 4400; 0 takes any free one. */
  readonly port?: number;
  readonly status?: number;
  /** First answers: `500x2,timeout,200`. */
  readonly script?: string;
  /** As text: `2s`. */
  readonly delay?: string;
  /** Answers 401 to what does not verify. */
  readonly reject?: boolean;
  /** An address of this machine, or a target's name. */
  readonly forward?: string;
}

export interface InboxState {
  /** Where it listens; null where it does not. */
  readonly url: string | null;
  readonly rules: InboxRules | null;
  readonly received: number;
}

/** A request that came to the inbox. */
export interface InboxRow {
  /** From 1, for as long as the server runs. */
  readonly number: number;
  readonly at: number;
  /** Null where it was not recognized. */
  readonly provider: { readonly name: string; readonly title: string } | null;
  readonly candidates: readonly string[];
  readonly event: string | null;
  readonly handshake: string | null;
  readonly deliveryId: string | null;
  /** The number of the first request of that id. */
  readonly repeats: number | null;
  readonly verdict: ListenVerdict;
  readonly reason: string | null;
  readonly method: string;
  readonly url: string;
  readonly remoteAddress: string | null;
  readonly headers: readonly ShownHeader[];
  readonly body: ShownBody;
  readonly answer: {
    readonly is: 'status' | 'timeout' | 'reset' | 'handshake' | 'forwarded';
    readonly status: number | null;
    readonly ms: number;
    readonly forwardedTo: string | null;
    readonly problem: string | null;
  };
  readonly diagnosis: Diagnosis | null;
  /** The key in the log; null where it is not kept. */
  readonly key: string | null;
}

export interface Inbox extends InboxState {
  /** The newest first, at most 500. */
  readonly rows: readonly InboxRow[];
}

/* ----------------------------------------------------------------- stream */

/**
 * What happens, a line of JSON each (NDJSON). A page that was cut off asks for `/api/events?after=<cursor>` and gets what it missed;
 * `reset` says that it can't be told any more (another server, or too long ago), so that the page reads its state anew.
 * `cursor` is there in all that counts; `beat` comes every 15 seconds of silence.
 */
export type StreamEvent =
  | { readonly type: 'hello'; readonly cursor: string; readonly boot: string; readonly version: string }
  | { readonly type: 'reset'; readonly cursor: string }
  /** New deliveries in the log, also of other commands, the oldest first. */
  | { readonly type: 'logged'; readonly cursor: string; readonly rows: readonly DeliveryRow[] }
  /** The log was deleted, or lost its oldest deliveries. */
  | { readonly type: 'log-changed'; readonly cursor: string }
  | { readonly type: 'job'; readonly cursor: string; readonly job: JobState }
  | { readonly type: 'job-step'; readonly cursor: string; readonly job: string; readonly told: JobStep }
  | { readonly type: 'received'; readonly cursor: string; readonly row: InboxRow }
  | { readonly type: 'inbox'; readonly cursor: string; readonly inbox: InboxState }
  /** The config or a provider of the project was changed: `ProjectState` is another one. */
  | { readonly type: 'project-changed'; readonly cursor: string }
  | { readonly type: 'beat' }
  /** The server ends; the page waits until it is there again. */
  | { readonly type: 'closing' };
