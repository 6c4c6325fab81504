import type { OwnFlow } from '../core/flow.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import type { SecretReference } from '../core/secret.js';
import type { Suite } from '../suite/suite.js';

export type { SecretReference };

/** The secrets of each provider, by its name; of a list the first is the current one. */
export type SecretReferences = { readonly [provider: string]: SecretReference | readonly SecretReference[] };

/** A target of deliveries, with its connection. */
export interface TargetConfig {
  /** An address as it is typed after `--to`; `{provider}` and `{event}` are replaced by those of the delivery. */
  readonly url: string;
  /** The address by which providers know the receiver, where it differs; with the same placeholders. Some sign it. */
  readonly publicUrl?: string;
  /** Added to each delivery, or put in place of the provider's own; `env:NAME` is read from the environment. */
  readonly header?: { readonly [name: string]: string };
  /** File of a certificate authority to trust, as PEM. */
  readonly cacert?: string;
  /** File of the client certificate, as PEM. */
  readonly cert?: string;
  /** File of the client certificate's key, as PEM, where `cert` does not hold it. */
  readonly key?: string;
  /** True takes any certificate. */
  readonly insecure?: boolean;
  /** URL of an HTTP proxy, or `none`; in place of that of the environment. */
  readonly proxy?: string;
  /** Path of a Unix socket to connect to. */
  readonly unixSocket?: string;
  /** Addresses to connect to in place of those that DNS has, by host. */
  readonly resolve?: { readonly [host: string]: string };
  /** False opens a connection for each delivery, which is closed after its answer. */
  readonly keepAlive?: boolean;
  /** The Host header, where it is not that of the URL. */
  readonly host?: string;
  /** True lets `check` attack it, also on another machine. */
  readonly allowRemote?: boolean;
  /** Time limit of an attempt, such as `5s`. */
  readonly timeout?: string;
  readonly secrets?: SecretReferences;
}

/** The default form of results. */
export interface ReportConfig {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** A project's configuration, as `webhook-sim.config.*` holds it. */
export interface Config {
  /** URL or path of the JSON Schema, for editors. */
  readonly $schema?: string;
  /** The target when `--to` names none: a name of `targets`, an address, or `demo`. */
  readonly target?: string;
  readonly targets?: { readonly [name: string]: string | TargetConfig };
  readonly secrets?: SecretReferences;
  /** Your own texts that handshakes send, by provider and name, such as a verify token. */
  readonly values?: { readonly [provider: string]: { readonly [name: string]: SecretReference } };
  /** The form of deliveries by provider, such as `form` for GitHub; by default the usual one. */
  readonly modes?: { readonly [provider: string]: string };
  /** Time limit of an attempt, such as `5s`; by default the provider's own. */
  readonly timeout?: string;
  /** Time limits by provider. */
  readonly timeouts?: { readonly [provider: string]: string };
  readonly report?: ReportConfig;
  /** False keeps no delivery log. */
  readonly log?: boolean;
  /** Custom flows by name, for `flow`. */
  readonly flows?: { readonly [name: string]: OwnFlow };
  /** Suites by name, for `run`. */
  readonly suites?: { readonly [name: string]: Suite };
  /** Custom providers: a folder with some, or a list of folders, files and descriptions. */
  readonly providers?: string | readonly (string | ProviderDescription)[];
}
