import type { DestinationBody, SecretChoice } from './send.js';

/** The texts of the user's own in handshakes, by the names of `ProviderDetails.values`; those that environment and config name where they are left out. */
export interface HandshakeTexts {
  readonly values?: Readonly<Record<string, SecretChoice>>;
}

/** Whether handshakes come before the first event. */
export interface FirstHandshakes extends HandshakeTexts {
  readonly handshake?: boolean;
}

/** The provider and target of handshakes. */
export interface HandshakeRequestBody extends DestinationBody, HandshakeTexts {
  readonly provider: string;
}
